using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>What the words of column names mean: spellings, abbreviations and languages brought to the same English words.</summary>
internal static class Vocabulary
{
    private const int LongestPhrase = 4;
    private const int ShortestPart = 3;
    private const int ShortestCompound = 6;

    private static readonly HashSet<string> Fillers = new(
        "the of de la le du des der die das dem den del della el los las do da dos your please enter field column required optional a an and und et y e in for für at on d l mandatory".Split(' '), StringComparer.Ordinal);

    private static readonly string[] Links = ["", "s", "n", "en", "es"];

    private static readonly Dictionary<string, string[]> Meanings = Load();

    /// <summary>Phrases by their words in alphabetical order, each in its meaning.</summary>
    private static readonly Dictionary<string, string[]> ByWords = LoadPhrases();

    /// <summary>The words a name means, each once, in their order.</summary>
    public static IReadOnlyList<NameWord> Read(string name)
    {
        // MwSt is one word, orderDate are two: the reading that leaves fewer words unknown is right.
        var read = Read(NameWords.Of(name));
        if (read.TrueForAll(w => w.IsKnown))
        {
            return read;
        }

        var whole = Read(NameWords.Of(name, splitsCase: false));
        return whole.Count(w => !w.IsKnown) < read.Count(w => !w.IsKnown) ? whole : read;
    }

    private static List<NameWord> Read(List<string> words)
    {
        var read = ReadPhrases(words);
        if (read.Count < words.Count || !read.TrueForAll(w => w.IsKnown))
        {
            var without = words.FindAll(w => !Fillers.Contains(w));
            read = without.Count == words.Count || without.Count == 0 ? read : Better(ReadPhrases(without), read);
        }

        // Each word brought to its meaning, they may be a phrase together: amt total, code of article.
        return read.Count > 1 && ByWords.TryGetValue(KeyOf(read.Select(w => w.Text)), out var meaning) ? [.. meaning.Select(m => new NameWord(m, IsKnown: true))] : read;
    }

    private static List<NameWord> Better(List<NameWord> a, List<NameWord> b) => a.Count(w => !w.IsKnown) <= b.Count(w => !w.IsKnown) ? a : b;

    private static List<NameWord> ReadPhrases(List<string> words)
    {
        var read = new List<NameWord>();
        for (var i = 0; i < words.Count;)
        {
            var taken = 1;
            var meaning = default(string[]);
            for (var length = Math.Min(LongestPhrase, words.Count - i); length > 0; length--)
            {
                if (Meanings.TryGetValue(string.Join(' ', words.Skip(i).Take(length)), out meaning))
                {
                    taken = length;
                    break;
                }
            }

            Add(read, meaning is not null ? meaning : Parts(words[i]), words[i]);
            i += taken;
        }

        return read;
    }

    private static void Add(List<NameWord> read, IReadOnlyList<string>? meaning, string word)
    {
        if (meaning is null)
        {
            if (!Fillers.Contains(word) && read.TrueForAll(w => w.Text != word))
            {
                read.Add(new NameWord(word, IsKnown: false));
            }

            return;
        }

        read.AddRange(meaning.Where(m => read.TrueForAll(w => w.Text != m)).Select(m => new NameWord(m, IsKnown: true)));
    }

    /// <summary>A compound such as <c>lieferscheinnummer</c> or <c>custname</c>: two or three known words, with a linking letter between them.</summary>
    private static List<string>? Parts(string word, int most = 3)
    {
        if (word.Length < ShortestCompound)
        {
            return Meanings.TryGetValue(Singular(word), out var meaning) ? [.. meaning] : null;
        }

        if (Meanings.TryGetValue(Singular(word), out var whole))
        {
            return [.. whole];
        }

        // The longest first part: "order" and "date", not "ord" and "erdate".
        for (var cut = word.Length - ShortestPart; cut >= ShortestPart; cut--)
        {
            if (!Meanings.TryGetValue(word[..cut], out var first))
            {
                continue;
            }

            foreach (var rest in Links.Where(l => word.AsSpan(cut).StartsWith(l, StringComparison.Ordinal)).Select(l => word[(cut + l.Length)..]))
            {
                if (rest.Length >= ShortestPart && (Meanings.TryGetValue(rest, out var second) ? [.. second] : most > 2 ? Parts(rest, most - 1) : null) is { } parts)
                {
                    return [.. first, .. parts];
                }
            }
        }

        return null;
    }

    private static string Singular(string word) => word.Length > 3 && word.EndsWith('s') ? word[..^1] : word;

    private static string KeyOf(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));

    private static Dictionary<string, string[]> LoadPhrases()
    {
        var phrases = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (spelling, meaning) in Meanings.Where(m => m.Key.Contains(' ')))
        {
            // The words by themselves: as a phrase they mean what they are to be found for.
            var words = spelling.Split(' ').Where(w => !Fillers.Contains(w)).Select(w => Meanings.GetValueOrDefault(w)).ToList();
            if (words.Count > 1 && words.TrueForAll(w => w is not null))
            {
                phrases.TryAdd(KeyOf(words.SelectMany(w => w!).Distinct()), meaning);
            }
        }

        return phrases;
    }

    private static Dictionary<string, string[]> Load()
    {
        var meanings = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var line in DataFile.Lines("words.csv"))
        {
            var meaning = line[0].Split(' ');
            foreach (var spelling in line[1].Split('|').Prepend(line[0]))
            {
                meanings.TryAdd(string.Join(' ', NameWords.Of(spelling)), meaning);
                meanings.TryAdd(string.Join(' ', NameWords.Of(WithoutUmlauts(spelling))), meaning);
                if (NameWords.Of(spelling).FindAll(w => !Fillers.Contains(w)) is { Count: > 1 } without)
                {
                    meanings.TryAdd(string.Join(' ', without), meaning);
                }
            }
        }

        return meanings;
    }

    private static string WithoutUmlauts(string text) =>
        text.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal);
}
