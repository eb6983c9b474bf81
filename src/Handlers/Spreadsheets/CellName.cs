using System.Globalization;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Names of columns and cells: A, B, … Z, AA, … XFD.</summary>
internal static class CellName
{
    /// <summary>Columns a sheet can have.</summary>
    public const int MaxColumns = 16384;

    /// <summary>The letters of a column, 0 for A.</summary>
    public static string Letters(int column)
    {
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters[--at] = (char)('A' + ((rest - 1) % 26));
        }

        return letters[at..].ToString();
    }

    /// <summary>A cell's name such as <c>B7</c>.</summary>
    public static string Of(int column, long row) => string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{row}");

    /// <summary>The column of a name such as <c>B7</c>, 0 for A; -1 for no name, or for a column no sheet can have.</summary>
    public static int Column(ReadOnlySpan<byte> name)
    {
        var column = 0;
        foreach (var c in name)
        {
            var letter = (c | 0x20) - 'a';
            if (letter is < 0 or > 25)
            {
                return column > 0 && c is >= (byte)'0' and <= (byte)'9' or (byte)':' ? column - 1 : -1;
            }

            column = (column * 26) + letter + 1;
            if (column > MaxColumns)
            {
                return -1;
            }
        }

        return column - 1;
    }

    /// <summary>Reads a range such as <c>A1:C9</c> or <c>A1</c>.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRange(ReadOnlySpan<byte> text, out MergedRange range)
    {
        range = default;
        var colon = text.IndexOf((byte)':');
        var (first, last) = colon < 0 ? (0, text.Length) : (colon, text.Length - colon - 1);
        var from = colon < 0 ? text : text[..first];
        var to = text[^last..];
        if (Column(from) is not (>= 0 and var left) || Column(to) is not (>= 0 and var right) || Row(from) is not (> 0 and var top) || Row(to) is not (> 0 and var bottom))
        {
            return false;
        }

        range = new MergedRange(top, bottom, left, right);
        return top <= bottom && left <= right;
    }

    private static long Row(ReadOnlySpan<byte> name) =>
        long.TryParse(name[Math.Max(0, name.IndexOfAnyInRange((byte)'0', (byte)'9'))..], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : 0;
}
