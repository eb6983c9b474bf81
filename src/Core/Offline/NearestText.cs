namespace Flatfile.Agent.Core.Offline;

/// <summary>Finds, among known texts, the one a person most likely meant.</summary>
public static class NearestText
{
    private const int Longest = 300;

    /// <summary>The nearest of the known texts by edits; null when there is none.</summary>
    public static string? Of(string wanted, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return known.MinBy(k => Distance(wanted, k));
    }

    /// <summary>Letters to insert, drop or change to make one text of the other; upper and lower case are the same.</summary>
    public static int Distance(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        one = one.Length > Longest ? one[..Longest] : one;
        other = other.Length > Longest ? other[..Longest] : other;
        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        var row = new int[other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + change);
            }

            (above, row) = (row, above);
        }

        return above[other.Length];
    }
}
