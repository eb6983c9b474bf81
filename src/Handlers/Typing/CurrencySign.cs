using Flatfile.Agent.Handlers.Validation;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Signs and codes of currencies as they stand before or behind an amount.</summary>
internal static class CurrencySign
{
    private const int LongestWord = 4;

    /// <summary>Codes in capitals only: "top 10" is no amount of Tonga.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
        Currencies.Current.Select(c => c.Code)
            .Concat(["US$", "R$", "A$", "C$", "NZ$", "HK$", "S$", "kr", "kr.", "zł", "Kč", "Ft", "Fr.", "Rs", "Rs.", "lei", "лв", "руб", "руб.", "din", "RM", "Rp", "eur", "euro", "Euro", "usd", "chf", "gbp", "元"])
            .ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Length of the sign or code the text starts with; 0 for none.</summary>
    public static int AtStart(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(LongestWord, text.Length); length > 0; length--)
        {
            if (IsCurrency(text[..length]) && (length == text.Length || !char.IsLetter(text[length])))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>Length of the sign or code the text ends with; 0 for none.</summary>
    public static int AtEnd(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(LongestWord, text.Length); length > 0; length--)
        {
            if (IsCurrency(text[^length..]) && (length == text.Length || !char.IsLetter(text[^(length + 1)])))
            {
                return length;
            }
        }

        return 0;
    }

    private static bool IsCurrency(ReadOnlySpan<char> text) =>
        (text.Length == 1 && char.GetUnicodeCategory(text[0]) == System.Globalization.UnicodeCategory.CurrencySymbol) || Words.Contains(text);
}
