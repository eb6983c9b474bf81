using System.Text;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>The words a name is made of.</summary>
internal static class NameWords
{
    /// <summary>In lower case and without accents, cut at signs, between letters and digits and before capitals: <c>customerID_2</c> is customer, id, 2.</summary>
    /// <param name="name">As it stands.</param>
    /// <param name="splitsCase">A capital after a small letter begins a word.</param>
    public static List<string> Of(string name, bool splitsCase = true)
    {
        var text = Letters.Fold(name.Replace("%", " percent ", StringComparison.Ordinal).Replace("#", " number ", StringComparison.Ordinal));
        var (words, word) = (new List<string>(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!char.IsLetterOrDigit(c))
            {
                Flush(words, word);
                continue;
            }

            if (word.Length > 0 && StartsWord(text, i, splitsCase))
            {
                Flush(words, word);
            }

            word.Append(char.ToLowerInvariant(c));
        }

        Flush(words, word);
        return words;
    }

    private static bool StartsWord(string text, int i, bool splitsCase)
    {
        var (before, here) = (text[i - 1], text[i]);
        return char.IsDigit(before) != char.IsDigit(here)
            || (splitsCase && char.IsUpper(here) && (char.IsLower(before) || (char.IsUpper(before) && i + 1 < text.Length && char.IsLower(text[i + 1]))));
    }

    private static void Flush(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }
}
