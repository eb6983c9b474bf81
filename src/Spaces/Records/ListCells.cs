using System.Text;
using System.Text.Json;

namespace Flatfile.Spaces.Records;

/// <summary>Cells that hold a JSON array.</summary>
internal static class ListCells
{
    /// <summary>What is wrong with a list: too long, not of scalars, an element that is no value of the field.</summary>
    public static char Check(SheetField field, ReadOnlySpan<byte> json)
    {
        var worst = CellFlag.None;
        var count = 0;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++count > RecordLimits.ListElements || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.Null)
            {
                return CellFlag.InvalidValue;
            }

            switch (field.CheckScalar(CellData.OfText(Encoding.UTF8.GetBytes(Text(ref reader)))))
            {
                case CellFlag.InvalidValue:
                    return CellFlag.InvalidValue;
                case CellFlag.InvalidOption:
                    worst = CellFlag.InvalidOption;
                    break;
            }
        }

        return worst;
    }

    /// <summary>The texts of the elements in order; empty for a cell that is no list.</summary>
    public static List<string> Elements(CellData cell)
    {
        var elements = new List<string>();
        if (cell.Kind != CellKind.Json || cell.Bytes[0] != '[')
        {
            return elements;
        }

        var reader = new Utf8JsonReader(cell.Bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                reader.Skip();
                elements.Add("");
            }
            else
            {
                elements.Add(Text(ref reader));
            }
        }

        return elements;
    }

    /// <summary>The places of the elements that are no option of the field.</summary>
    public static IEnumerable<int> NotOptions(SheetField field, List<string> elements) =>
        Enumerable.Range(0, elements.Count).Where(i => field.Options?.Contains(Encoding.UTF8.GetBytes(elements[i])) == false);

    private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() ?? "",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "",
        _ => Encoding.ASCII.GetString(reader.ValueSpan),
    };
}
