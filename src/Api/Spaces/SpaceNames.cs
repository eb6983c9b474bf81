namespace Flatfile.Api;

/// <summary>Advice on names of spaces: a person finds a space by its name alone.</summary>
public static class SpaceNames
{
    private const int Longest = 100;

    private static readonly HashSet<string> Generic = new(StringComparer.OrdinalIgnoreCase)
    {
        "import", "imports", "data", "untitled", "test", "new", "new space", "space", "upload", "file", "files", "my space", "default", "temp",
    };

    /// <summary>What to do better; empty for a name that says what the space is for.</summary>
    public static IReadOnlyList<string> Advise(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return ["Give the space a name, such as 'Acme Corp - Product Catalog'."];
        }

        var advice = new List<string>();
        var bare = name.Trim();
        if (Generic.Contains(bare))
        {
            advice.Add($"'{bare}' could be any space. Say whose data it is or what for, such as 'Customer Import - Q1 2024'.");
        }

        if (bare.Length > Longest)
        {
            advice.Add($"The name has {bare.Length} characters; lists show {Longest}. Put details into the description.");
        }

        if (bare != name)
        {
            advice.Add("The name begins or ends with blanks, which nobody sees and every search trips over.");
        }

        return advice;
    }
}
