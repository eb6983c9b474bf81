using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Letters without their accents and widths. Our own table: the framework's does nothing where no cultures are installed.</summary>
internal static class Letters
{
    private static readonly FrozenDictionary<char, string> Plain = DataFile.Lines("accents.csv").ToFrozenDictionary(line => line[0][0], line => line[1]);

    /// <summary>Letters with accents, ligatures and wide forms written plainly; everything else as it stands.</summary>
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Plain.TryGetValue(c, out var letters))
            {
                plain.Append(char.IsUpper(c) ? letters.ToUpperInvariant() : letters);
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }
}
