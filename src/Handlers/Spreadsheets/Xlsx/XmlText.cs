using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>Turns the bytes between two tags into the text they mean.</summary>
internal static class XmlText
{
    private const int EscapeLength = 7;

    private static readonly SearchValues<byte> Special = SearchValues.Create("&_\r"u8);

    /// <summary>True when the bytes are the text itself, provided they are UTF-8.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> raw) => !raw.ContainsAny(Special);

    /// <summary>Writes the text.</summary>
    /// <param name="raw">UTF-8 as it stands in the file.</param>
    /// <param name="target">At least as long as <paramref name="raw"/>.</param>
    /// <param name="verbatim">Characters of a CDATA section, in which no entity is one.</param>
    /// <returns>Characters written; -1 when the bytes are not UTF-8.</returns>
    public static int Decode(ReadOnlySpan<byte> raw, Span<char> target, bool verbatim = false)
    {
        if (Utf8.ToUtf16(raw, target, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            return -1;
        }

        if (IsPlain(raw))
        {
            return length;
        }

        var text = target[..length];
        text = text[..LineEnds(text)];
        text = verbatim ? text : text[..Entities(text)];
        return Escapes(text);
    }

    /// <summary>A carriage return with its line feed is a line feed, as XML has it.</summary>
    private static int LineEnds(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isReturn = text[i] == '\r';
            if (isReturn && i + 1 < text.Length && text[i + 1] == '\n')
            {
                continue;
            }

            text[length++] = isReturn ? '\n' : text[i];
        }

        return length;
    }

    /// <summary>The five entities of XML and numbered characters. Any other stays as it is written: there is no document type that could define it.</summary>
    private static int Entities(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '&' && text[i..].IndexOf(';') is > 1 and <= 10 and var end && Entity(text.Slice(i + 1, end - 1)) is >= 0 and var code)
            {
                i += end;
                if (code > char.MaxValue)
                {
                    text[length++] = (char)(0xD800 + ((code - 0x10000) >> 10));
                    code = 0xDC00 + ((code - 0x10000) & 0x3FF);
                }

                text[length++] = (char)code;
                continue;
            }

            text[length++] = text[i];
        }

        return length;
    }

    private static int Entity(ReadOnlySpan<char> name) => name switch
    {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        ['#', 'x' or 'X', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && IsCharacter(code) => code,
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && IsCharacter(code) => code,
        _ => -1,
    };

    private static bool IsCharacter(int code) => code is > 0 and < 0xD800 or > 0xDFFF and <= 0x10FFFF;

    /// <summary>Spreadsheets write characters that XML forbids, and an underscore that could be mistaken for one, as <c>_x000D_</c>. Zero stays as written: no text holds it.</summary>
    private static int Escapes(Span<char> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && Escape(text[i..]) is > 0 and var code)
            {
                if (!char.IsSurrogate((char)code))
                {
                    text[length++] = (char)code;
                    i += EscapeLength - 1;
                    continue;
                }

                if (char.IsHighSurrogate((char)code) && Escape(text[(i + EscapeLength)..]) is > 0 and var low && char.IsLowSurrogate((char)low))
                {
                    text[length++] = (char)code;
                    text[length++] = (char)low;
                    i += (2 * EscapeLength) - 1;
                    continue;
                }
            }

            text[length++] = text[i];
        }

        return length;
    }

    private static int Escape(ReadOnlySpan<char> text) =>
        text.Length >= EscapeLength && text[0] == '_' && text[1] == 'x' && text[6] == '_'
        && ushort.TryParse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? code : 0;
}
