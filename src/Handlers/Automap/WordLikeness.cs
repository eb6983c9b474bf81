namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How alike two words are: the same, one an abbreviation of the other, or one misspelled.</summary>
internal static class WordLikeness
{
    private const double Abbreviated = 0.86;
    private const double Misspelled = 0.92;
    private const int ShortestAbbreviation = 3;
    private const int ShortestMisspelling = 4;
    private const int LongWord = 8;

    /// <summary>0 to 1; 0 for another word.</summary>
    public static double Of(NameWord a, NameWord b)
    {
        if (a.Text == b.Text)
        {
            return 1;
        }

        // County is no misspelling of country: both are words.
        if (a.IsKnown && b.IsKnown)
        {
            return 0;
        }

        var (shorter, longer) = a.Text.Length <= b.Text.Length ? (a.Text, b.Text) : (b.Text, a.Text);
        if (shorter.Any(char.IsAsciiDigit) || longer.Any(char.IsAsciiDigit))
        {
            return 0;
        }

        if (shorter.Length >= ShortestAbbreviation && longer.StartsWith(shorter, StringComparison.Ordinal))
        {
            return longer.Length - shorter.Length <= 1 ? 0.98 : Abbreviated;
        }

        return shorter.Length >= ShortestMisspelling && shorter[0] == longer[0] && IsWithin(shorter, longer, longer.Length >= LongWord ? 2 : 1) ? Misspelled : 0;
    }

    /// <summary>At most so many letters are missing, added, wrong or swapped with their neighbour.</summary>
    internal static bool IsWithin(string a, string b, int limit) => Distance(a, b, limit) <= limit;

    internal static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var (before, last, now) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1] + 1, last[j] + 1), last[j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }
            }

            (before, last, now) = (last, now, before);
        }

        return last[b.Length];
    }
}
