using System.Text;

namespace Flatfile.Agent.Handlers.Reading;

/// <summary>Encodings of text by what a file or a person calls them.</summary>
internal static class NamedEncoding
{
    private static readonly Dictionary<string, int> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = 65001, ["utf-8"] = 65001, ["utf-8-sig"] = 65001, ["ascii"] = 65001, ["us-ascii"] = 65001,
        ["utf-16"] = 1200, ["utf16"] = 1200, ["utf-16le"] = 1200, ["utf-16be"] = 1201, ["utf-32le"] = 12000, ["utf-32"] = 12000,
        ["ansi"] = 1252, ["latin1"] = 28591, ["latin-1"] = 28591, ["latin2"] = 28592, ["mac roman"] = 10000, ["macroman"] = 10000, ["mac"] = 10000,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["cp932"] = 932, ["gb2312"] = 54936, ["gbk"] = 54936, ["gb18030"] = 54936,
        ["big5"] = 950, ["euc-jp"] = 51932, ["euc-kr"] = 949, ["cp949"] = 949, ["koi8-r"] = 20866,
    };

    /// <summary>The encoding of that name, which throws at bytes it does not know; null when there is none.</summary>
    public static Encoding? Find(string name) => Strict(Known(name.Trim().Trim('"', '\'')));

    /// <summary>The encoding with a number.</summary>
    public static Encoding Get(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number) ?? Encoding.GetEncoding(number);

    /// <summary>The encoding the reading option <c>encoding</c> asks for, by any of the names people use; it throws at bytes it does not know.</summary>
    /// <exception cref="UnreadableFileException">There is none of that name.</exception>
    public static Encoding Asked(string name)
    {
        var trimmed = name.Trim();
        var encoding = Aliases.TryGetValue(trimmed, out var number) || TryNumber(trimmed, out number) ? OrNone(() => Get(number)) : Known(trimmed);
        return Strict(encoding) ?? throw new UnreadableFileException(
            $"The reading option 'encoding' is '{name}', which is no encoding. Give a name such as UTF-8, UTF-16LE, Windows-1252, ISO-8859-2, Mac Roman, Shift_JIS or GB18030.");
    }

    /// <summary>What a byte order mark, or the NULs UTF-16 has beside each ASCII character, say of the first bytes; null when neither is there.</summary>
    public static (Encoding Encoding, int MarkLength)? OfMark(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return (Find("utf-8")!, 3);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            return (Find("utf-32")!, 4);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return (Find("utf-16")!, 2);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (Find("utf-16BE")!, 2);
        }

        // JSON and markup begin with two ASCII characters, so that the NULs show the width and order.
        return head.Length < 4 ? null
            : (head[0], head[1], head[2], head[3]) switch
            {
                (not 0, 0, 0, 0) => (Find("utf-32")!, 0),
                (not 0, 0, not 0, 0) => (Find("utf-16")!, 0),
                (0, not 0, 0, not 0) => (Find("utf-16BE")!, 0),
                _ => null,
            };
    }

    private static Encoding? Known(string name) => OrNone(() => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name));

    /// <summary>Null for one nobody knows, and for UTF-7, which is known and refused.</summary>
    private static Encoding? OrNone(Func<Encoding> get)
    {
        try
        {
            return get();
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static Encoding? Strict(Encoding? encoding)
    {
        if (encoding is null)
        {
            return null;
        }

        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    /// <summary>Such as cp1252 or windows1252.</summary>
    private static bool TryNumber(string name, out int number)
    {
        var digits = name.StartsWith("windows", StringComparison.OrdinalIgnoreCase) ? name[7..].TrimStart('-')
            : name.StartsWith("cp", StringComparison.OrdinalIgnoreCase) ? name[2..]
            : string.Empty;
        return int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number);
    }
}
