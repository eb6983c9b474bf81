using System.Text.Json;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Writes one JSON object a line: the values under their fields' keys, of the types they have in Flatfile. Empty cells are <c>null</c>.</summary>
internal sealed class JsonLinesWriter(ExportFiles files, ExportOptions options) : ITableWriter
{
    private Stream? _stream;
    private Utf8JsonWriter? _writer;
    private JsonEncodedText[] _names = [];

    /// <inheritdoc />
    public IReadOnlyList<string> Notes => [];

    /// <inheritdoc />
    public void Begin(ExportSheet sheet)
    {
        _stream = files.Open(sheet.Sheet.Name, "jsonl");
        _writer = new Utf8JsonWriter(_stream);
        _names = [.. sheet.Fields.Select(f => JsonEncodedText.Encode(f.Key))];
    }

    /// <inheritdoc />
    public void Write(ExportRow row)
    {
        var writer = _writer!;
        writer.WriteStartObject();
        if (options.IncludeRecordIds)
        {
            writer.WriteString(ExportOptions.RecordIdLabel, row.Id);
        }

        for (var column = 0; column < row.Count; column++)
        {
            writer.WritePropertyName(_names[column]);
            if (row.Json(column) is { IsEmpty: false } value)
            {
                // As it came from the server's writer: a number keeps all its digits.
                writer.WriteRawValue(value, skipInputValidation: true);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        if (options.Messages)
        {
            Messages(writer, row);
        }

        writer.WriteEndObject();
        writer.Flush();
        _stream!.Write("\n"u8);
        writer.Reset();
    }

    /// <inheritdoc />
    public void End()
    {
        _writer!.Dispose();
        files.Close();
    }

    /// <inheritdoc />
    public void Finish() => files.Finish();

    /// <inheritdoc />
    public void Dispose()
    {
        _writer?.Dispose();
        files.Dispose();
    }

    private void Messages(Utf8JsonWriter writer, ExportRow row)
    {
        writer.WriteStartArray("_messages");
        foreach (var message in row.Messages)
        {
            writer.WriteStartObject();
            writer.WriteString("field", _names[message.Column]);
            writer.WriteString("type", message.Level);
            writer.WriteString("message", message.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
