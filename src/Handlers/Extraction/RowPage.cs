using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Some thousand rows on their way to the server: their JSON in one buffer that is used again for the page after next.</summary>
/// <remarks>
/// Rows become JSON as they are read, so that this goes on while the server stores the page before. Where a page ends depends on its rows alone, so
/// that a run after a crash cuts the same pages.
/// </remarks>
internal sealed class RowPage : IDisposable
{
    private const int MaxRows = 5000;
    private const int MaxWeight = 4 * 1024 * 1024;
    private const int WeightOfJson = 14;
    private const int RowsPerPart = 64;

    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");

    // It is the body of a call, never part of markup: letters of all languages go as they are.
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonEncodedText[] _keys;
    private readonly ArrayBufferWriter<byte> _json = new(64 * 1024);
    private readonly Utf8JsonWriter _writer;
    private readonly int[] _ends = new int[MaxRows];
    private long _weight;

    public RowPage(IReadOnlyList<string> keys)
    {
        _keys = [.. keys.Select(k => JsonEncodedText.Encode(k))];
        _writer = new Utf8JsonWriter(_json, Plain);
    }

    public int Rows { get; private set; }

    public bool IsFull => Rows == MaxRows || _weight >= MaxWeight;

    public void Clear()
    {
        _json.ResetWrittenCount();
        (_weight, Rows) = (0, 0);
    }

    /// <summary>Takes the current row of a table. Empty cells are left out, unless there is something to say of them: the server makes them empty.</summary>
    public void Add(ITable table)
    {
        _writer.WriteStartObject();
        for (var column = 0; column < _keys.Length; column++)
        {
            Add(_keys[column], table.Cell(column), table.Remark(column));
        }

        _writer.WriteEndObject();
        _writer.Flush();
        _writer.Reset();
        _ends[Rows++] = _json.WrittenCount;
    }

    /// <summary>The body of an insert in parts.</summary>
    public IEnumerable<Action<Utf8JsonWriter>> Parts()
    {
        yield return writer => writer.WriteStartArray();
        for (var row = 0; row < Rows; row += RowsPerPart)
        {
            var (from, to) = (row, Math.Min(Rows, row + RowsPerPart));
            yield return writer => Write(writer, from, to);
        }

        yield return writer => writer.WriteEndArray();
    }

    public void Dispose() => _writer.Dispose();

    private void Add(JsonEncodedText key, ReadOnlySpan<char> content, string? remark)
    {
        _weight += (content.IsEmpty ? 1 : content.Length + key.EncodedUtf8Bytes.Length + WeightOfJson) + (remark?.Length ?? 0);
        if (content.IsEmpty && remark is null)
        {
            return;
        }

        _writer.WriteStartObject(key);
        if (content.IsEmpty)
        {
            _writer.WriteNull(Value);
        }
        else
        {
            _writer.WriteString(Value, content);
        }

        if (remark is not null)
        {
            WriteRemark(remark);
        }

        _writer.WriteEndObject();
    }

    private void WriteRemark(string text)
    {
        _writer.WriteStartArray(Messages);
        _writer.WriteStartObject();
        _writer.WriteString("type", "info");
        _writer.WriteString("message", text);
        _writer.WriteEndObject();
        _writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, int from, int to)
    {
        for (var row = from; row < to; row++)
        {
            var start = row == 0 ? 0 : _ends[row - 1];
            writer.WriteRawValue(_json.WrittenSpan[start.._ends[row]], skipInputValidation: true);
        }
    }
}
