namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Whether a row names the columns of the rows below it, or is one of them.</summary>
/// <param name="Yes">Weight of the cells that differ from their columns as a name does from values.</param>
/// <param name="No">Weight of the cells that are values of their columns.</param>
internal readonly record struct HeaderVote(int Yes, int No)
{
    private static readonly HashSet<string> NoNumbers = new(StringComparer.OrdinalIgnoreCase) { "nan", "null", "n/a", "#n/a", "\\n", "inf", "-inf" };

    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "---", ".", "..", "...", "?", "*", "x", "n/a", "na", "#n/a", "n.a.", "nan", "null", "none", "nil", "\\n", "unknown", "missing", "tbd", "inf", "-inf",
    };

    /// <summary>The row reads as a header.</summary>
    public bool IsHeader => Yes >= No || No < 2;

    /// <summary>At least one column of numbers or dates stands below a text, and nothing speaks against it.</summary>
    public bool IsSure => Yes >= 2 && Yes > 2 * No;

    public static HeaderVote Of(SampleRow row, IReadOnlyList<SampleRow> below)
    {
        var (yes, no) = (0, 0);
        for (var column = 0; column < row.Cells.Count; column++)
        {
            if (row.Has(column))
            {
                var vote = Vote(row[column], [.. below.Where(r => r.Has(column)).Select(r => r[column])]);
                yes += Math.Max(vote, 0);
                no += Math.Max(-vote, 0);
            }
        }

        return new HeaderVote(yes, no);
    }

    /// <summary>A number, a date, or what stands in the place of one.</summary>
    public static bool IsValue(string cell) => CellShape.IsNumber(cell) || CellShape.IsDate(cell) || IsBoolean(cell) || NoNumbers.Contains(cell.Trim());

    public static bool IsPlaceholder(string cell) => Placeholders.Contains(cell.Trim());

    /// <summary>A text that is no value: what names are made of.</summary>
    public static bool IsName(string cell) => !string.IsNullOrWhiteSpace(cell) && !IsValue(cell) && !IsPlaceholder(cell);

    /// <summary>True when nearly all cells that hold something are numbers or dates.</summary>
    public static bool IsTyped(IEnumerable<string> cells)
    {
        var (values, typed) = (0, 0);
        foreach (var cell in cells)
        {
            if (!string.IsNullOrWhiteSpace(cell) && !IsPlaceholder(cell))
            {
                values++;
                typed += CellShape.IsNumber(cell) || CellShape.IsDate(cell) ? 1 : 0;
            }
        }

        return values > 0 && typed * 10 >= values * 8;
    }

    private static bool IsBoolean(string cell) => bool.TryParse(cell, out _);

    /// <summary>Positive for a name, negative for a value; 2 is sure, 1 a hint.</summary>
    private static int Vote(string name, List<string> below)
    {
        if (CellShape.IsYear(name) && !below.TrueForAll(c => CellShape.IsYear(c)))
        {
            return 0;
        }

        var isValue = IsValue(name);
        if (below.Count == 0)
        {
            return isValue ? -2 : 0;
        }

        if (isValue)
        {
            return below.Count(IsValue) * 2 >= below.Count ? -2 : 0;
        }

        if (IsTyped(below))
        {
            return 2;
        }

        var special = below.Count(c => IsAddress(c) || IsBoolean(c)) * 10 >= below.Count * 8;
        return special ? (IsAddress(name) ? -2 : 2) : below.Contains(name, StringComparer.Ordinal) ? -1 : 0;
    }

    private static bool IsAddress(string cell) =>
        cell.Contains("://", StringComparison.Ordinal) || (cell.IndexOf('@') is > 0 and var at && cell.IndexOf('.', at) > 0 && !cell.Contains(' '));
}
