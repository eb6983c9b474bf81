using System.Globalization;
using System.Text;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>Writes one cell: its value cast to the field's type, the text that came where the cast would not give it back, and its messages.</summary>
internal static class CellWriter
{
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Raw = JsonEncodedText.Encode("raw");
    private static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");
    private static readonly JsonEncodedText Valid = JsonEncodedText.Encode("valid");

    public static void WriteValue(Utf8JsonWriter writer, SheetField field, CellData cell) => WriteValue(writer, field, cell, Value);

    /// <summary>The value under another name, without the text that came.</summary>
    public static void WriteValue(Utf8JsonWriter writer, SheetField field, CellData cell, JsonEncodedText name)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                writer.WriteNull(name);
                break;
            case CellKind.Integer:
                writer.WriteNumber(name, cell.Integer);
                break;
            case CellKind.Json:
                writer.WritePropertyName(name);
                writer.WriteRawValue(cell.Bytes, skipInputValidation: true);
                break;
            default:
                WriteText(writer, field, cell.Bytes, name);
                break;
        }
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
                WriteFlag(writer, schema, field, cell, flag);
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

    private static void WriteText(Utf8JsonWriter writer, SheetField field, ReadOnlySpan<byte> text, JsonEncodedText name)
    {
        if (!field.IsList)
        {
            switch (field.Kind)
            {
                case FieldKind.Number:
                    if (NumberText.IsJson(text))
                    {
                        writer.WritePropertyName(name);
                        writer.WriteRawValue(text, skipInputValidation: true);
                        return;
                    }

                    if (NumberText.Cast(text) is { } number)
                    {
                        writer.WritePropertyName(name);
                        writer.WriteRawValue(number, skipInputValidation: true);
                        WriteRaw(writer, text, default, name);
                        return;
                    }

                    break;
                case FieldKind.Boolean:
                    if (BooleanText.Cast(text) is { } truth)
                    {
                        writer.WriteBoolean(name, truth);
                        WriteRaw(writer, text, truth ? "true"u8 : "false"u8, name);
                        return;
                    }

                    break;
                case FieldKind.Date:
                    if (DateText.Cast(text) is { } date)
                    {
                        writer.WriteString(name, date);
                        WriteRaw(writer, text, Encoding.ASCII.GetBytes(date), name);
                        return;
                    }

                    break;
            }
        }

        writer.WriteString(name, text);
    }

    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> text, ReadOnlySpan<byte> cast, JsonEncodedText name)
    {
        if (name.Equals(Value) && !text.SequenceEqual(cast))
        {
            writer.WriteString(Raw, text);
        }
    }

    private static void WriteFlag(Utf8JsonWriter writer, SheetSchema schema, SheetField field, CellData cell, string flag)
    {
        if (CellFlag.IsCustom(flag[0]))
        {
            return;
        }

        if (schema.MessageOf(field, flag) is { } constraint)
        {
            Write(writer, constraint.Level, constraint.Source, constraint.Text, null);
            return;
        }

        switch (flag[0])
        {
            case CellFlag.InvalidValue:
                Write(writer, ValidationLevel.Error, ValidationSource.InvalidValue, WhatIsWanted(field), null);
                break;
            case CellFlag.InvalidOption:
                const string NoOption = "The value is not one of the options";
                if (cell.Kind == CellKind.Json && cell.Bytes[0] == '[')
                {
                    foreach (var place in ListCells.NotOptions(field, ListCells.Elements(cell)))
                    {
                        Write(writer, ValidationLevel.Error, ValidationSource.InvalidOption, NoOption, place.ToString(CultureInfo.InvariantCulture));
                    }
                }
                else
                {
                    Write(writer, ValidationLevel.Error, ValidationSource.InvalidOption, NoOption, null);
                }

                break;
            case CellFlag.Unlinked:
                var config = field.Property.Config;
                var text = $"No row of sheet '{config?.Ref}' has this value in '{config?.Key}'";
                var places = flag.IndexOf(':', StringComparison.Ordinal);
                foreach (var place in places < 0 ? (string?[])[null] : flag[(places + 1)..].Split('.'))
                {
                    Write(writer, ValidationLevel.Error, ValidationSource.Unlinked, text, place);
                }

                break;
        }
    }

    private static string WhatIsWanted(SheetField field) => field switch
    {
        { IsList: true } => $"The value is not a list of at most {RecordLimits.ListElements} texts",
        { Kind: FieldKind.Number } => "The value is not a number",
        { Kind: FieldKind.Boolean } => "The value is neither true nor false",
        { Kind: FieldKind.Date } => "The value is not a date (YYYY-MM-DD)",
        _ => "The value is not a single value",
    };

    private static void Write(Utf8JsonWriter writer, string level, string source, string text, string? place)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, level);
        writer.WriteString("source"u8, source);
        writer.WriteString("message"u8, text);
        if (place is not null)
        {
            writer.WriteString("path"u8, $"$.value[{place}]");
        }

        writer.WriteEndObject();
    }
}
