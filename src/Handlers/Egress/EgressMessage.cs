using System.Buffers;
using System.Text.Json;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>One message to a webhook: a page of one sheet in the form of Flatfile's own egress, <c>{"workbook": {…, "sheets": [{…, "records": […]}]}}</c>.</summary>
/// <param name="job">The job that submits.</param>
/// <param name="submittedAt">When it was made.</param>
/// <param name="workbook">The workbook in its wire form, with its sheets.</param>
internal sealed class EgressMessage(string job, DateTimeOffset submittedAt, JsonElement workbook)
{
    /// <summary>Writes a page.</summary>
    /// <param name="sheet">The sheet as it stands so far.</param>
    /// <param name="rows">The rows of the message.</param>
    /// <param name="isLast">No further message of this sheet follows.</param>
    public ReadOnlyMemory<byte> Of(EgressedSheet sheet, IReadOnlyList<JsonElement> rows, bool isLast)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type", "records.submitted");
        writer.WriteString("timestamp", submittedAt);
        writer.WriteString("jobId", job);
        writer.WriteStartObject("page");
        writer.WriteString("sheetId", sheet.SheetId);
        writer.WriteNumber("number", sheet.Messages + 1);
        writer.WriteNumber("rowsBefore", sheet.Sent);
        writer.WriteNumber("rows", rows.Count);
        writer.WriteBoolean("isLast", isLast);
        writer.WriteEndObject();
        writer.WriteStartObject("workbook");
        foreach (var member in workbook.EnumerateObject().Where(m => m.Name != "sheets"))
        {
            member.WriteTo(writer);
        }

        writer.WriteStartArray("sheets");
        WriteSheet(writer, sheet.SheetId, rows);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private void WriteSheet(Utf8JsonWriter writer, string sheetId, IReadOnlyList<JsonElement> rows)
    {
        writer.WriteStartObject();
        foreach (var member in workbook.GetProperty("sheets").EnumerateArray().First(s => s.GetProperty("id").GetString() == sheetId).EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteBoolean("success", true);
        writer.WriteStartArray("records");
        foreach (var row in rows)
        {
            row.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
