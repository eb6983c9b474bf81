using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>Writes the reasons of rejected rows as errors on their cells.</summary>
internal sealed class RejectionMessages(FlatfileClient client, string sheetId, IReadOnlyList<string> fields)
{
    /// <summary>Writes them. To repeat it is harmless.</summary>
    /// <param name="rows">The rows as they were read.</param>
    /// <param name="reasons">By record and field; a reason on an unknown field goes to the first one, so that it is not lost.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many of the rows got reasons.</returns>
    public async Task<int> WriteAsync(
        IReadOnlyList<JsonElement> rows, IReadOnlyDictionary<string, List<Rejections.FieldRejection>> reasons, CancellationToken cancellationToken)
    {
        var rejected = rows.Where(r => reasons.ContainsKey(IdOf(r))).ToList();
        if (rejected.Count > 0)
        {
            await client.Records.UpdateAsync(sheetId, writer => Write(writer, rejected, reasons), cancellationToken: cancellationToken);
        }

        return rejected.Count;
    }

    private static string IdOf(JsonElement row) => row.GetProperty("id").GetString()!;

    private void Write(Utf8JsonWriter writer, List<JsonElement> rows, IReadOnlyDictionary<string, List<Rejections.FieldRejection>> reasons)
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("id", IdOf(row));
            writer.WriteStartObject("values");
            foreach (var field in reasons[IdOf(row)].GroupBy(r => r.Field is { } f && fields.Contains(f) ? f : fields[0]))
            {
                WriteCell(writer, row, field.Key, [.. field.Select(r => Text(r, field.Key))]);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Text(Rejections.FieldRejection reason, string field)
    {
        var text = string.IsNullOrWhiteSpace(reason.Message) ? "The receiver rejected this value and gave no reason." : reason.Message;
        return reason.Field is null || reason.Field == field ? text : $"{reason.Field}: {text}";
    }

    /// <summary>The value goes along: a server may take a cell without one for an empty cell. Messages that hooks wrote stay.</summary>
    private static void WriteCell(Utf8JsonWriter writer, JsonElement row, string field, HashSet<string> texts)
    {
        writer.WriteStartObject(field);
        var cell = row.GetProperty("values").TryGetProperty(field, out var found) ? found : default;
        writer.WritePropertyName("value");
        if (cell.ValueKind == JsonValueKind.Object && cell.TryGetProperty("value", out var value))
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteStartArray("messages");
        if (cell.ValueKind == JsonValueKind.Object && cell.TryGetProperty("messages", out var messages))
        {
            foreach (var message in messages.EnumerateArray().Where(m => IsCustom(m) && !texts.Contains(m.GetProperty("message").GetString()!)))
            {
                message.WriteTo(writer);
            }
        }

        foreach (var text in texts)
        {
            writer.WriteStartObject();
            writer.WriteString("type", ValidationLevel.Error);
            writer.WriteString("source", RecordMessage.CustomLogic);
            writer.WriteString("message", text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static bool IsCustom(JsonElement message) =>
        !message.TryGetProperty("source", out var source) || source.ValueKind != JsonValueKind.String || source.GetString() == RecordMessage.CustomLogic;
}
