using System.Text;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>What encodings are called, and how they mark what they cannot decode.</summary>
internal static class CodePage
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [65001] = "UTF-8", [1200] = "UTF-16LE", [1201] = "UTF-16BE", [12000] = "UTF-32LE", [10000] = "Mac Roman", [932] = "Shift_JIS",
        [54936] = "GB18030", [950] = "Big5", [51932] = "EUC-JP", [949] = "EUC-KR", [20866] = "KOI8-R", [866] = "CP866", [850] = "CP850",
    };

    /// <summary>The name people use.</summary>
    public static string NameOf(Encoding encoding)
    {
        var number = encoding.CodePage;
        return Names.TryGetValue(number, out var name) ? name
            : number is >= 1250 and <= 1258 ? $"Windows-{number}"
            : number is >= 28591 and <= 28606 ? $"ISO-8859-{number - 28590}"
            : encoding.WebName;
    }

    /// <summary>The same encoding, marking what it cannot decode.</summary>
    public static Encoding Strict(Encoding encoding, MarkingFallback fallback)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = fallback;
        return strict;
    }
}
