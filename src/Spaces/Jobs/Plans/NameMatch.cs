using System.Text;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary>How sure it is that two names mean the same, from the names alone.</summary>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Source">How it was found: <c>exact</c>, <c>alternativeNames</c>, <c>normalized</c> or <c>fuzzy</c>.</param>
internal readonly record struct NameMatch(double Confidence, string Source)
{
    /// <summary>Below this nothing is said.</summary>
    public const double Least = 0.5;

    private const double Alternative = 0.98;
    private const double Normalized = 0.95;
    private const double MostFuzzy = 0.89;

    // Letter by letter: a server without culture data decomposes nothing.
    private const string Accented = "àáâãäåāăąçćčďèéêëēėęěìíîïīįłñńňòóôõöøōőřśšťùúûüūůűýÿźżž";
    private const string Unaccented = "aaaaaaaaacccdeeeeeeeeiiiiiilnnnoooooooorsstuuuuuuuyyzzz";

    /// <summary><c>absolute</c>, <c>strong</c>, <c>moderate</c> or <c>weak</c>.</summary>
    public string Certainty => Confidence switch { >= 1 => "absolute", >= 0.9 => "strong", >= 0.7 => "moderate", _ => "weak" };

    /// <summary>The best match of any of a thing's names with any of another's; null when they have nothing in common.</summary>
    public static NameMatch? Of(IReadOnlyList<string> names, IReadOnlyList<string> others, IReadOnlyList<string> alternatives)
    {
        if (names.Intersect(others, StringComparer.Ordinal).Any())
        {
            return new NameMatch(1, "exact");
        }

        if (names.Intersect(alternatives, StringComparer.Ordinal).Any())
        {
            return new NameMatch(Alternative, "alternativeNames");
        }

        var plain = names.Select(Plain).Where(name => name.Length > 0).Distinct().ToList();
        var plainOthers = others.Concat(alternatives).Select(Plain).Where(name => name.Length > 0).Distinct().ToList();
        if (plain.Intersect(plainOthers, StringComparer.Ordinal).Any())
        {
            return new NameMatch(Normalized, "normalized");
        }

        var best = plain.SelectMany(name => plainOthers.Select(other => Likeness(name, other))).DefaultIfEmpty().Max();
        return best >= Least ? new NameMatch(Math.Round(Math.Min(best, MostFuzzy), 2), "fuzzy") : null;
    }

    /// <summary>Letters and digits alone, in lower case and without accents.</summary>
    public static string Plain(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            var small = char.ToLowerInvariant(letter);
            if (char.IsLetterOrDigit(small))
            {
                var accent = Accented.IndexOf(small, StringComparison.Ordinal);
                text.Append(accent < 0 ? small : Unaccented[accent]);
            }
        }

        return text.ToString();
    }

    /// <summary>The share of pairs of neighbours the two have in common (Dice), which forgives order and endings.</summary>
    private static double Likeness(string one, string other)
    {
        if (one.Length < 3 || other.Length < 3)
        {
            return 0;
        }

        var pairs = Pairs(one);
        var rest = Pairs(other);
        var all = pairs.Count + rest.Count;
        return 2.0 * pairs.Count(rest.Remove) / all;
    }

    private static List<string> Pairs(string name) => [.. Enumerable.Range(0, name.Length - 1).Select(at => name.Substring(at, 2))];
}
