using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>Names of files in an archive. They are labels only: nothing is ever written or opened by them.</summary>
internal static class EntryName
{
    private const int MaxLength = 200;

    private static readonly string[] Companions = ["readme", "license", "licence", "copying", "changelog", "notice", "authors"];

    /// <summary>The name's folders and file, divided by <c>/</c>, without what a label may not hold: ways up, drives, control and direction characters.</summary>
    public static string Label(string name)
    {
        var parts = name.Split('/', '\\').Select(Clean).Where(p => p.Length > 0 && p.Trim('.').Length > 0 && !IsDrive(p));
        var label = string.Join('/', parts);
        if (label.Length <= MaxLength)
        {
            return label.Length > 0 ? label : "unnamed";
        }

        // The end of a long name tells more than its beginning: the file and its extension.
        var start = label.Length - MaxLength + 1;
        return "…" + label[(char.IsLowSurrogate(label[start]) ? start + 1 : start)..];
    }

    /// <summary>The last part of a label.</summary>
    public static string File(string label) => label[(label.LastIndexOf('/') + 1)..];

    /// <summary>True for what operating systems put into archives by themselves.</summary>
    public static bool IsOfTheSystem(string name)
    {
        var parts = name.Split('/', '\\');
        return parts.Contains("__MACOSX", StringComparer.OrdinalIgnoreCase)
            || (parts[^1].StartsWith('.') && parts[^1].Trim('.').Length > 0)
            || parts[^1].ToLowerInvariant() is "thumbs.db" or "desktop.ini";
    }

    /// <summary>True for texts that come beside data: a read-me, a licence.</summary>
    public static bool IsCompanion(string file)
    {
        var (stem, extension) = (Path.GetFileNameWithoutExtension(file).ToLowerInvariant(), Path.GetExtension(file).ToLowerInvariant());
        return extension is "" or ".txt" or ".md" && Companions.Any(c => stem.StartsWith(c, StringComparison.Ordinal));
    }

    private static bool IsDrive(string part) => part.Length == 2 && part[1] == ':' && char.IsAsciiLetter(part[0]);

    private static string Clean(string part)
    {
        var clean = new StringBuilder(part.Length);
        foreach (var rune in part.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                && rune != Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }
}
