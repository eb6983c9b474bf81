namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Compares the names of a column and a field.</summary>
/// <param name="weak">Words that tell little here, such as one that stands in all columns, or the sheet's own name.</param>
internal sealed class NameComparison(IReadOnlySet<string> weak)
{
    private const double SameMeaning = 0.92;
    private const double OneWordMore = 0.65;
    private const double OneWeakWordMore = 0.84;
    private const double EachFurtherWord = 0.12;
    private const double SomeWords = 0.4;

    /// <summary>Words that a name may have more without meaning another thing.</summary>
    private static readonly HashSet<string> Weak = new("name text value data info field col no number code iso deg kg g lb lbs cm mm m km ft usd eur gbp chf".Split(' '), StringComparer.Ordinal);

    /// <summary>Of the weak words those that make another thing of some: the code of a country is not its name.</summary>
    private static readonly HashSet<string> Distinguishing = new("number code no".Split(' '), StringComparer.Ordinal);

    public NameScore Compare(NameForms column, NameForms field)
    {
        if (column.Texts.Intersect(field.Texts, StringComparer.Ordinal).Any())
        {
            return new NameScore(1, NameCloseness.Exact, "the same name");
        }

        if (column.Normalised.Intersect(field.Normalised, StringComparer.Ordinal).Any())
        {
            return new NameScore(0.98, NameCloseness.Normalised, "the same name in another spelling");
        }

        return column.Normalised.Intersect(field.Alternatives, StringComparer.Ordinal).Any()
            ? new NameScore(0.96, NameCloseness.Alternative, "an alternative name of the field")
            : column.Words.SelectMany(c => field.Words.Select(f => CompareWords(c, f))).DefaultIfEmpty(NameScore.None).MaxBy(s => s.Score);
    }

    private NameScore CompareWords(IReadOnlyList<NameWord> column, IReadOnlyList<NameWord> field)
    {
        var left = field.ToList();
        var (matched, likeness, more) = (0, 0.0, new List<string>());
        foreach (var word in column)
        {
            var best = left.Select((other, index) => (Likeness: WordLikeness.Of(word, other), index)).DefaultIfEmpty((Likeness: 0, index: -1)).MaxBy(m => m.Likeness);
            if (best.Likeness > 0)
            {
                (matched, likeness) = (matched + 1, likeness + best.Likeness);
                left.RemoveAt(best.index);
            }
            else
            {
                more.Add(word.Text);
            }
        }

        if (matched == 0)
        {
            return NameScore.None;
        }

        likeness /= matched;
        var less = left.ConvertAll(w => w.Text);
        if (more.Count == 0 && less.Count == 0)
        {
            return likeness < 1
                ? new NameScore(SameMeaning * likeness, NameCloseness.Similar, "nearly the same words")
                : new NameScore(SameMeaning, NameCloseness.Synonym, $"the same meaning: {string.Join(' ', field.Select(w => w.Text))}");
        }

        // Each has a word of its own: a city of billing and a city of shipping are two things.
        var (strongMore, strongLess) = (more.Where(IsStrong).ToList(), less.Where(IsStrong).ToList());
        var bothDiffer = more.Count > 0 && less.Count > 0 && (strongMore.Count > 0 || strongLess.Count > 0);
        var score = bothDiffer ? SomeWords * matched / (matched + more.Count + less.Count)
            : strongMore.Count + strongLess.Count == 0 ? OneWeakWordMore - (EachFurtherWord / 3 * (more.Count + less.Count - 1))
            : OneWordMore - (EachFurtherWord * (strongMore.Count + strongLess.Count - 1));
        return new NameScore(Math.Max(0, score * likeness), NameCloseness.Similar, $"some of the same words: {string.Join(' ', column.Select(w => w.Text).Except(more))}");
    }

    private bool IsStrong(string word) => !weak.Contains(word) && (!Weak.Contains(word) || Distinguishing.Contains(word));
}
