using System.Buffers;
using System.Text;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>Puts JSON values into cells as they stand in the file.</summary>
internal sealed class JsonText
{
    private readonly ArrayBufferWriter<byte> _compact = new();

    /// <summary>The value the reader stands at becomes a cell; the reader stands at its end then.</summary>
    /// <exception cref="InvalidOperationException">A text holds bytes that are not UTF-8, or half of a surrogate pair.</exception>
    public void Put(ref Utf8JsonReader reader, int column, RowCells cells)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                cells.Set(column, reader.CopyString(cells.Room(reader.ValueSpan.Length)), CellKind.Text);
                break;
            case JsonTokenType.Number:
                PutBytes(reader.ValueSpan, column, cells, CellKind.Number);
                break;
            case JsonTokenType.True:
            case JsonTokenType.False:
                PutBytes(reader.ValueSpan, column, cells, CellKind.Boolean);
                break;
            case JsonTokenType.Null:
                cells.Set(column, 0, CellKind.Empty);
                break;
            default:
                _compact.ResetWrittenCount();
                Compact(ref reader);
                PutBytes(_compact.WrittenSpan, column, cells, CellKind.Text);
                break;
        }
    }

    private static void PutBytes(ReadOnlySpan<byte> bytes, int column, RowCells cells, CellKind kind) =>
        cells.Set(column, Encoding.UTF8.GetChars(bytes, cells.Room(bytes.Length)), kind);

    /// <summary>An array or object without the blanks between; texts and numbers as they are written.</summary>
    private void Compact(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var needsComma = false;
        do
        {
            var isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
            if (needsComma && !isEnd)
            {
                _compact.Write(","u8);
            }

            needsComma = true;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                case JsonTokenType.StartObject:
                    _compact.Write(reader.ValueSpan);
                    needsComma = false;
                    break;
                case JsonTokenType.PropertyName:
                    Quote(reader.ValueSpan);
                    _compact.Write(":"u8);
                    needsComma = false;
                    break;
                case JsonTokenType.String:
                    Quote(reader.ValueSpan);
                    break;
                default:
                    _compact.Write(reader.ValueSpan);
                    break;
            }

            if (isEnd && reader.CurrentDepth == depth)
            {
                return;
            }
        }
        while (reader.Read());
    }

    private void Quote(ReadOnlySpan<byte> written)
    {
        _compact.Write("\""u8);
        _compact.Write(written);
        _compact.Write("\""u8);
    }
}
