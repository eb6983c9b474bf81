using System.Globalization;
using System.Net;
using System.Text;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>Characters by name or number, as browsers take them.</summary>
internal static class HtmlEntity
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>What stands for an entity and how much of the name it takes; null when it is none.</summary>
    /// <param name="name">Between <c>&amp;</c> and what is no letter or digit any more.</param>
    /// <param name="isClosed">A semicolon follows.</param>
    public static (string Text, int Length)? Resolve(string name, bool isClosed)
    {
        if (name.StartsWith('#'))
        {
            return Number(name);
        }

        if (isClosed && Named(name) is { } named)
        {
            return (named, name.Length);
        }

        // The names of the oldest characters count without their semicolon too, even in front of other letters.
        for (var length = name.Length; length > 1; length--)
        {
            if (Named(name[..length]) is [<= '\u00FF'] old && (old != "'"))
            {
                return (old, length);
            }
        }

        return null;
    }

    private static string? Named(string name)
    {
        var written = $"&{name};";
        var resolved = WebUtility.HtmlDecode(written);
        return resolved == written ? null : resolved;
    }

    private static (string Text, int Length)? Number(string name)
    {
        var isHex = name.Length > 1 && name[1] is 'x' or 'X';
        var start = isHex ? 2 : 1;
        var length = start;
        while (length < name.Length && (isHex ? char.IsAsciiHexDigit(name[length]) : char.IsAsciiDigit(name[length])))
        {
            length++;
        }

        if (length == start)
        {
            return null;
        }

        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return (int.TryParse(name.AsSpan(start, length - start), style, CultureInfo.InvariantCulture, out var number) ? Character(number) : "\uFFFD", length);
    }

    /// <summary>Numbers 128 to 159 mean Windows-1252.</summary>
    private static string Character(int number) =>
        number is >= 0x80 and <= 0x9F ? Western.GetString([(byte)number])
        : Rune.IsValid(number) && number > 0 ? new Rune(number).ToString() : "\uFFFD";
}
