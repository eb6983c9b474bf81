using System.Text;

namespace Flatfile.Spaces.Records;

/// <summary>Patterns of the query language: <c>%</c> is any run of characters, <c>_</c> one; a backslash before them makes them plain.</summary>
internal static class TextPattern
{
    /// <summary>For SQLite's GLOB, where case counts.</summary>
    public static string Glob(string pattern) => Translate(pattern, "*", "?", plain => plain is "*" or "?" or "[" ? $"[{plain}]" : plain);

    /// <summary>For SQLite's LIKE with a backslash as escape.</summary>
    public static string Like(string pattern) => Translate(pattern, "%", "_", plain => plain is "%" or "_" or @"\" ? @"\" + plain : plain);

    /// <summary>Whether a text matches without regard to case, in all scripts.</summary>
    public static bool IsMatch(string text, string pattern)
    {
        var runes = text.EnumerateRunes().ToArray();
        var parts = Parts(pattern).ToArray();
        var (at, part, star, resume) = (0, 0, -1, 0);
        while (at < runes.Length)
        {
            if (part < parts.Length && parts[part].Wild == '%')
            {
                star = part++;
                resume = at;
            }
            else if (part < parts.Length && (parts[part].Wild == '_' || Same(runes[at], parts[part].Plain)))
            {
                at++;
                part++;
            }
            else if (star >= 0)
            {
                part = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return parts.AsSpan(part).IndexOfAnyExcept(('%', default(Rune))) < 0;
    }

    private static bool Same(Rune a, Rune b) => a == b || Rune.ToUpperInvariant(a) == Rune.ToUpperInvariant(b);

    private static string Translate(string pattern, string any, string one, Func<string, string> escape)
    {
        var text = new StringBuilder(pattern.Length + 8);
        foreach (var (wild, plain) in Parts(pattern))
        {
            text.Append(wild switch { '%' => any, '_' => one, _ => escape(plain.ToString()) });
        }

        return text.ToString();
    }

    private static IEnumerable<(char Wild, Rune Plain)> Parts(string pattern)
    {
        var isEscaped = false;
        var runes = pattern.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var isWild = runes[i].Value is '%' or '_';
            if (!isEscaped && runes[i].Value == '\\' && i + 1 < runes.Length && runes[i + 1].Value is '%' or '_')
            {
                isEscaped = true;
                continue;
            }

            yield return isWild && !isEscaped ? ((char)runes[i].Value, default) : ('\0', runes[i]);
            isEscaped = false;
        }
    }
}
