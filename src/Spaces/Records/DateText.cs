using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Flatfile.Spaces.Records;

/// <summary>Dates as people write them, where day and month cannot be taken for each other.</summary>
internal static partial class DateText
{
    private const int Longest = 40;

    private static readonly string[] Named =
        ["d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "MMMM d yyyy"];

    /// <summary>The date as <c>YYYY-MM-DD</c>, or null.</summary>
    public static string? Cast(ReadOnlySpan<byte> text)
    {
        var trimmed = text.Trim(" \t"u8);
        if (trimmed.Length is 0 or > Longest)
        {
            return null;
        }

        var candidate = Encoding.UTF8.GetString(trimmed);
        var match = YearFirst().Match(candidate);
        if (match.Success)
        {
            return int.TryParse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture, out var year)
                && int.TryParse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture, out var month)
                && int.TryParse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture, out var day)
                && year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
                ? $"{year:0000}-{month:00}-{day:00}"
                : null;
        }

        return DateOnly.TryParseExact(candidate, Named, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(
        @"\A(?:(?<y>[0-9]{4})(?<s>[-/.])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2})|(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2}))"
        + @"(?:[T ](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?\s?(?:Z|z|[+-][0-9]{2}:?[0-9]{2})?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();
}
