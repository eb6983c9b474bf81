using System.Buffers;
using System.Globalization;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>Text in the XML of a spreadsheet: markup escaped, and what XML cannot hold in the form <c>_x000B_</c>, so that nothing is lost.</summary>
internal static class XlsxText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n')).Select(c => (char)c), '&', '<', '>', '"', '_', '\uFFFE', '\uFFFF',
            .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    /// <summary>Writes a text.</summary>
    public static void Write(Utf8Output output, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is >= 0 and var at)
        {
            output.Text(text[..at]);
            text = text[(at + Escape(output, text[at..]))..];
        }

        output.Text(text);
    }

    /// <summary>Writes the first character in its escaped form, and says how many were taken.</summary>
    private static int Escape(Utf8Output output, ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '&':
                output.Raw("&amp;"u8);
                return 1;
            case '<':
                output.Raw("&lt;"u8);
                return 1;
            case '>':
                output.Raw("&gt;"u8);
                return 1;
            case '"':
                output.Raw("&quot;"u8);
                return 1;
            case '_' when !LooksEscaped(text):
                output.Raw("_"u8);
                return 1;
            case var high when char.IsHighSurrogate(high) && text.Length > 1 && char.IsLowSurrogate(text[1]):
                output.Text(text[..2]);
                return 2;
            default:
                output.Text(string.Create(CultureInfo.InvariantCulture, $"_x{(int)text[0]:X4}_"));
                return 1;
        }
    }

    /// <summary>True for a text that reads as an escaped character and is none: its first sign must be escaped itself.</summary>
    private static bool LooksEscaped(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] is 'x' or 'X' && text[6] == '_' && text[2..6].IndexOfAnyExcept(SearchHex) < 0;

    private static readonly SearchValues<char> SearchHex = SearchValues.Create("0123456789abcdefABCDEF");
}
