using System.Text;
using System.Text.RegularExpressions;

namespace Core.Tests.Binding;

/// <summary>The regular expression the official listener makes of a glob: right by definition, and free to backtrack without end.</summary>
internal static class OfficialExpression
{
    public static Regex Of(string glob, char separator)
    {
        var split = Regex.Escape(separator.ToString());
        var inside = $"[^{split}]";
        var segments = glob.Split(separator);
        var text = new StringBuilder();
        for (var s = 0; s < segments.Length; s++)
        {
            var segment = segments[s];
            var isLast = s == segments.Length - 1;
            if (segment.Length == 0 && s > 0)
            {
                continue;
            }

            var after = isLast ? split + "*?" : segments[s + 1] != "**" ? split + "+?" : string.Empty;
            if (segment == "**")
            {
                if (after.Length > 0)
                {
                    text.Append(s == 0 ? string.Empty : isLast ? $"(?:{split}+?|\\z)" : split + "+?").Append($"(?:{inside}*?{after})*?");
                }

                continue;
            }

            for (var c = 0; c < segment.Length; c++)
            {
                if (segment[c] != '\\')
                {
                    text.Append(segment[c] switch { '?' => inside, '*' => inside + "*?", var other => Regex.Escape(other.ToString()) });
                }
                else if (++c < segment.Length)
                {
                    text.Append(Regex.Escape(segment[c].ToString()));
                }
            }

            text.Append(after);
        }

        return new Regex("^" + text + "\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }
}
