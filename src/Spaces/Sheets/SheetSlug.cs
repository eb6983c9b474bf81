using System.Text;

namespace Flatfile.Spaces.Sheets;

/// <summary>Makes a slug from a sheet's name.</summary>
internal static class SheetSlug
{
    /// <summary>Lower case, words joined by dashes, and a number where the slug is taken.</summary>
    public static string From(string name, IReadOnlyCollection<string?> taken)
    {
        var text = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter))
            {
                text.Append(letter);
            }
            else if (text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }
        }

        var slug = text.ToString().Trim('-');
        slug = slug.Length == 0 ? "sheet" : slug;
        var free = slug;
        for (var number = 2; taken.Contains(free); number++)
        {
            free = $"{slug}-{number}";
        }

        return free;
    }
}
