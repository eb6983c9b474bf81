using System.Globalization;

namespace Flatfile.Spaces.Files;

/// <summary>Finds a header by the first row that looks like data, and a second header row that repeats the words of the first.</summary>
internal static class SubHeaderDetection
{
    private const double MostWords = 0.5;

    /// <summary>The header, and how many rows end with it. Of several rows that repeat a header, the last one is it.</summary>
    public static (string[] Header, int Count) Find(IReadOnlyList<string[]> rows, int search)
    {
        var searched = rows.Take(search).ToList();
        var (header, count) = First(searched);
        var last = searched.FindLastIndex(row => Filled(row) == Filled(header) && Repeats(row, header));
        return last >= count ? (searched[last], last + 1) : (header, count);
    }

    /// <summary>The fullest row so far; a row of words as full as it, right before data, is better.</summary>
    private static (string[] Header, int Count) First(List<string[]> rows)
    {
        (string[] Header, int Count) best = ([], 0);
        for (var i = 0; i < rows.Count; i++)
        {
            if (Filled(rows[i]) > Filled(best.Header))
            {
                best = (rows[i], i + 1);
            }

            if (i > 0 && LooksLikeData(rows[i]) && !LooksLikeData(rows[i - 1]) && Filled(rows[i - 1]) == Filled(best.Header))
            {
                best = (rows[i - 1], i);
            }
        }

        return best;
    }

    private static int Filled(string[] row) => row.Count(cell => !string.IsNullOrWhiteSpace(cell));

    private static bool LooksLikeData(string[] row) => row.Any(cell =>
        string.IsNullOrWhiteSpace(cell) || bool.TryParse(cell, out _) || double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static bool Repeats(string[] row, string[] header) =>
        header.Where((title, column) => (row.ElementAtOrDefault(column) ?? "")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(word => title.Contains(word, StringComparison.OrdinalIgnoreCase))).Count() > header.Length * MostWords;
}
