using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Records;

/// <summary>Writes one cell: its value cast to the field's type, the text that came where the cast would not give it back, and its messages.</summary>
internal static class CellWriter
{
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Raw = JsonEncodedText.Encode("raw");
    private static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");
    private static readonly JsonEncodedText Valid = JsonEncodedText.Encode("valid");

    public static void WriteValue(Utf8JsonWriter writer, SheetField field, CellData cell)
    {
        if (WritePlain(writer, Value, field, cell))
        {
            writer.WriteString(Raw, cell.Bytes);
        }
    }

    /// <summary>Writes the value alone.</summary>
    /// <returns>Whether the text that came is another than the value written.</returns>
    public static bool WritePlain(Utf8JsonWriter writer, JsonEncodedText name, SheetField field, CellData cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                writer.WriteNull(name);
                return false;
            case CellKind.Integer:
                writer.WriteNumber(name, cell.Integer);
                return false;
            case CellKind.Json:
                writer.WritePropertyName(name);
                writer.WriteRawValue(cell.Bytes, skipInputValidation: true);
                return false;
        }

        if (!field.IsList)
        {
            switch (field.Kind)
            {
                case FieldKind.Number when NumberText.IsJson(cell.Bytes):
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(cell.Bytes, skipInputValidation: true);
                    return false;
                case FieldKind.Number when NumberText.Cast(cell.Bytes) is { } number:
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(number, skipInputValidation: true);
                    return true;
                case FieldKind.Boolean when BooleanText.Cast(cell.Bytes) is { } truth:
                    writer.WriteBoolean(name, truth);
                    return !cell.Bytes.SequenceEqual(truth ? "true"u8 : "false"u8);
                case FieldKind.Date when DateText.Cast(cell.Bytes) is { } date:
                    writer.WriteString(name, date);
                    return !cell.Bytes.SequenceEqual(Encoding.ASCII.GetBytes(date));
            }
        }

        writer.WriteString(name, cell.Bytes);
        return false;
    }

    /// <summary>Messages and <c>valid</c>; a cell without flags has none and is.</summary>
    public static void WriteMessages(Utf8JsonWriter writer, SheetSchema schema, SheetField field, CellData cell, CellFlags? flags, RowExtra? extra)
    {
        writer.WriteStartArray(Messages);
        var isValid = true;
        if (flags is not null)
        {
            foreach (var flag in flags.Of(field.Column))
            {
                isValid &= !schema.IsError(field.Column, flag);
                foreach (var message in CellMessages.Of(schema, field, cell, flag))
                {
                    Write(writer, message);
                }
            }

            if (extra?.MessagesOf(field.Column) is { } written)
            {
                foreach (var message in written)
                {
                    message!.WriteTo(writer);
                }
            }
        }

        writer.WriteEndArray();
        writer.WriteBoolean(Valid, isValid);
    }

    /// <summary>The same messages as a JSON line has them: elements of the record's array, each with its field.</summary>
    public static void WriteLineMessages(Utf8JsonWriter writer, SheetSchema schema, SheetField field, CellData cell, CellFlags flags, RowExtra? extra)
    {
        foreach (var flag in flags.Of(field.Column))
        {
            foreach (var message in CellMessages.Of(schema, field, cell, flag))
            {
                WriteLine(writer, field, message.Text, message.Level, message.Source);
            }
        }

        foreach (var written in (extra?.MessagesOf(field.Column) ?? []).OfType<JsonObject>())
        {
            WriteLine(writer, field, written["message"]?.ToString() ?? "", written["type"]?.ToString(), written["source"]?.ToString());
        }
    }

    private static void WriteLine(Utf8JsonWriter writer, SheetField field, string text, string? level, string? source)
    {
        writer.WriteStartObject();
        writer.WriteString("x"u8, field.Key);
        writer.WriteString("m"u8, text);
        if (level is not null)
        {
            writer.WriteString("type"u8, level);
        }

        if (source is not null)
        {
            writer.WriteString("source"u8, source);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CellMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, message.Level);
        writer.WriteString("source"u8, message.Source);
        writer.WriteString("message"u8, message.Text);
        if (message.Place is not null)
        {
            writer.WriteString("path"u8, $"$.value[{message.Place}]");
        }

        writer.WriteEndObject();
    }
}
