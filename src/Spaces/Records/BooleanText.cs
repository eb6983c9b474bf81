using System.Text;

namespace Flatfile.Spaces.Records;

/// <summary>Truth values as people write them.</summary>
internal static class BooleanText
{
    private static readonly Dictionary<string, bool> Spellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = true, ["yes"] = true, ["y"] = true, ["t"] = true, ["1"] = true, ["on"] = true,
        ["false"] = false, ["no"] = false, ["n"] = false, ["f"] = false, ["0"] = false, ["off"] = false,
    };

    /// <summary>All spellings of a truth value, in lower case.</summary>
    public static IEnumerable<string> Spelled(bool truth) => Spellings.Where(spelling => spelling.Value == truth).Select(spelling => spelling.Key);

    /// <summary>Null when the text is none of the known spellings.</summary>
    public static bool? Cast(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t"u8);
        return trimmed.Length is 0 or > 5 ? null : Spellings.TryGetValue(Encoding.UTF8.GetString(trimmed), out var value) ? value : null;
    }
}
