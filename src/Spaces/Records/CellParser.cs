using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flatfile.Spaces.Records;

/// <summary>Takes cells from a JSON body into the form they are stored in, without a copy where the text has no escapes.</summary>
internal sealed class CellParser
{
    private static readonly JsonWriterOptions Minified = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _json = new(256);
    private byte[] _text = new byte[4096];

    /// <summary>The value the reader stands on; it is read to its end. The bytes are valid until the next call.</summary>
    public CellData Read(ref Utf8JsonReader reader, SheetField field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return OfText(Text(ref reader), field);
            case JsonTokenType.Number:
                if (field.Kind == FieldKind.Number || field.IsTyped)
                {
                    if (NumberText.TryInteger(reader.ValueSpan, out var number))
                    {
                        return CellData.OfInteger(number);
                    }

                    return field.Kind == FieldKind.Number ? CellData.OfText(reader.ValueSpan) : CellData.OfJson(reader.ValueSpan);
                }

                return CellData.OfText(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return field.IsTyped ? CellData.OfJson(reader.ValueSpan) : CellData.OfText(reader.ValueSpan);
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                return Json(ref reader, field);
            default:
                return default;
        }
    }

    /// <summary>A text as it is stored in a field.</summary>
    public static CellData OfText(ReadOnlySpan<byte> text, SheetField field)
    {
        CheckLength(text.Length, field);
        return field.Kind == FieldKind.Number && NumberText.TryInteger(text, out var integer) ? CellData.OfInteger(integer) : CellData.OfText(text);
    }

    private static void CheckLength(int bytes, SheetField field)
    {
        if (bytes > RecordLimits.TextBytes)
        {
            throw new RecordBodyException($"A cell of field '{field.Key}' has {bytes:N0} bytes, at most {RecordLimits.TextBytes:N0} are taken.");
        }
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_text.Length < reader.ValueSpan.Length)
        {
            _text = new byte[Math.Max(reader.ValueSpan.Length, _text.Length * 2)];
        }

        try
        {
            return _text.AsSpan(0, reader.CopyString(_text));
        }
        catch (InvalidOperationException)
        {
            throw new RecordBodyException("A text holds half of a surrogate pair, which is no character. Send whole characters.");
        }
    }

    /// <summary>A list or object, written anew so that equal lists are equal bytes.</summary>
    private CellData Json(ref Utf8JsonReader reader, SheetField field)
    {
        _json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_json, Minified))
        {
            var depth = reader.CurrentDepth;
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            Copy(ref reader, writer);
            while (reader.Read())
            {
                Copy(ref reader, writer);
                if (reader.CurrentDepth == depth && reader.TokenType is (JsonTokenType.EndArray or JsonTokenType.EndObject))
                {
                    break;
                }
            }

            writer.Flush();
            CheckLength(_json.WrittenCount, field);
            return isArray && _json.WrittenCount == 2 ? default : CellData.OfJson(_json.WrittenSpan);
        }
    }

    private void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(Text(ref reader));
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Text(ref reader));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }
}
