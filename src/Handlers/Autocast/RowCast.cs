using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>Casts the cells of rows and writes those that change, each with its text beside it.</summary>
internal sealed class RowCast
{
    private readonly List<Field> _fields;

    public RowCast(Sheet sheet, IReadOnlyList<FieldCast> fields) =>
        _fields = [.. fields.Select(f => new Field(f, f.Reading, f.Kind == FieldCastKind.Enum ? EnumMatch.Of(sheet.Config.Fields.First(p => p.Key == f.Key)) : null))];

    /// <summary>How each field is read, with what was counted.</summary>
    public IReadOnlyList<FieldCast> Fields => [.. _fields.Select(f => f.Cast)];

    /// <summary>What a row changes to; null when it stays.</summary>
    public JsonObject? Change(JsonElement record)
    {
        var (values, raw) = (new JsonObject(), new JsonObject());
        foreach (var field in _fields)
        {
            if (CellText.Of(record, field.Cast.Key) is { } text)
            {
                Change(record, field, text, values, raw);
            }
        }

        if (values.Count == 0)
        {
            return null;
        }

        var change = new JsonObject { ["id"] = record.GetProperty("id").GetString(), ["values"] = values };
        if (raw.Count > 0)
        {
            change["metadata"] = WithRaw(record, raw);
        }

        return change;
    }

    private static void Change(JsonElement record, Field field, string text, JsonObject values, JsonObject raw)
    {
        var key = field.Cast.Key;
        var shown = record.GetProperty("values").GetProperty(key).GetProperty("value");
        if (field.Cast.Question is { } question)
        {
            if (shown.ValueKind == JsonValueKind.String && !HasMessage(record, key, question.Text))
            {
                values[key] = Cell(JsonNode.Parse(shown.GetRawText()), "warn", question.Text);
            }

            return;
        }

        if (field.Read(text) is not { } read)
        {
            if (field.Reading is not null && !BlankWords.Contains(text.Trim()))
            {
                field.Cast = field.Cast with { Unreadable = field.Cast.Unreadable + 1, UnreadableExample = field.Cast.UnreadableExample ?? text };
            }

            return;
        }

        if (read.Text == SheetPages.TextOf(shown))
        {
            return;
        }

        values[key] = Cell(read.Value, "info", $"The text here was '{text}', read as {read.Text} ({read.How}).");
        raw[key] = new JsonObject { ["text"] = text, ["value"] = read.Text };
        field.Cast = field.Cast with { Cast = field.Cast.Cast + 1 };
    }

    private static JsonObject Cell(JsonNode? value, string level, string message) => new()
    {
        ["value"] = value,
        ["messages"] = new JsonArray(new JsonObject { ["type"] = level, ["source"] = RecordMessage.CustomLogic, ["message"] = message }),
    };

    private static bool HasMessage(JsonElement record, string field, string text) =>
        record.GetProperty("values").GetProperty(field).TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array
        && messages.EnumerateArray().Any(m => m.TryGetProperty("message", out var message) && message.ValueEquals(text));

    private static JsonObject WithRaw(JsonElement record, JsonObject raw)
    {
        var metadata = record.TryGetProperty("metadata", out var before) && before.ValueKind == JsonValueKind.Object ? (JsonObject)JsonObject.Create(before)!.DeepClone() : [];
        if (metadata[CellText.Raw] is not JsonObject kept)
        {
            metadata[CellText.Raw] = kept = [];
        }

        foreach (var (key, value) in raw)
        {
            kept[key] = value?.DeepClone();
        }

        return metadata;
    }

    private sealed class Field(FieldCast cast, ValueReading? reading, EnumMatch? options)
    {
        public FieldCast Cast { get; set; } = cast;

        public ValueReading? Reading => reading;

        public (JsonNode Value, string Text, string How)? Read(string text)
        {
            if (options is not null)
            {
                return options.Find(text) is { } hit ? (JsonNode.Parse(hit.Value.GetRawText())!, hit.Text, hit.Reason) : null;
            }

            return reading?.Read(text) is not { } read ? null
                : Cast.Kind == FieldCastKind.Date ? (JsonValue.Create(read), read, reading.Description)

                // As JSON text, so that no digit passes through floating point.
                : (JsonNode.Parse(read)!, read, reading.Description);
        }
    }
}
