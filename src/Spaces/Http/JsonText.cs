using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Flatfile.Spaces.Http;

/// <summary>Holds JSON against what no parser checks until a text is read: bytes that are no UTF-8, and halves of characters written as escapes.</summary>
internal static class JsonText
{
    /// <summary>400 naming the place.</summary>
    public static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw ApiRefusal.Bad(null, "The body is not UTF-8. Send it in UTF-8, or with characters escaped.");
        }

        for (var at = Next(json, 0); at >= 0; at = Next(json, at))
        {
            var unit = Unit(json, at);
            if (char.IsHighSurrogate(unit) && json[(at + 6)..].StartsWith("\\u"u8) && char.IsLowSurrogate(Unit(json, at + 6)))
            {
                at += 12;
            }
            else if (char.IsSurrogate(unit))
            {
                throw ApiRefusal.Bad(null, $"The body has half a character at byte {at + 1}: {Encoding.UTF8.GetString(json.Slice(at, 6))} stands without its other half.");
            }
            else
            {
                at += 2;
            }
        }
    }

    /// <summary>The next escape <c>\u</c> from a place on; a backslash that is itself escaped begins none.</summary>
    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        while (from < json.Length)
        {
            var found = json[from..].IndexOf((byte)'\\');
            if (found < 0 || from + found + 1 >= json.Length)
            {
                return -1;
            }

            from += found;
            if (json[from + 1] == 'u')
            {
                return from;
            }

            from += 2;
        }

        return -1;
    }

    /// <summary>The four digits behind <c>\u</c>; what is none is the parser's to refuse.</summary>
    private static char Unit(ReadOnlySpan<byte> json, int at) =>
        at + 6 <= json.Length && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\0';
}
