namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Names for delimiters that are hard to see, so that a person can read and tell them.</summary>
internal static class DelimiterNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = string.Empty,
        ["comma"] = ",",
        ["semicolon"] = ";",
        ["tab"] = "\t",
        ["pipe"] = "|",
        ["colon"] = ":",
        ["space"] = " ",
        ["caret"] = "^",
        ["tilde"] = "~",
    };

    private static readonly Dictionary<string, string> Texts = Names.ToDictionary(n => n.Value, n => n.Key);

    /// <summary>The delimiter's name, its code such as <c>U+001F</c> when it is a single control character, else the text itself.</summary>
    public static string NameOf(string delimiter) => Texts.TryGetValue(delimiter, out var name) ? name
        : delimiter.Length == 1 && char.IsControl(delimiter[0]) ? $"U+{(int)delimiter[0]:X4}"
        : delimiter;

    /// <summary>The delimiter that a name, a code or the text itself stands for.</summary>
    public static string TextOf(string nameOrText)
    {
        if (Names.TryGetValue(nameOrText, out var text))
        {
            return text;
        }

        return nameOrText.Length == 6 && nameOrText.StartsWith("U+", StringComparison.Ordinal)
            && ushort.TryParse(nameOrText.AsSpan(2), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var code)
            ? ((char)code).ToString()
            : nameOrText.Replace("\\t", "\t", StringComparison.Ordinal);
    }
}
