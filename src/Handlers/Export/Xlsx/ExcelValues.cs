using System.Globalization;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>Which values Excel holds as numbers without changing them.</summary>
internal static class ExcelValues
{
    private const int Digits = 15;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
    ];

    // Before this day Excel counts one that never was.
    private static readonly DateTime First = new(1900, 3, 1);
    private static readonly DateTime Zero = new(1899, 12, 30);

    /// <summary>True when a number has no more digits than Excel keeps.</summary>
    public static bool Keeps(ReadOnlySpan<char> number)
    {
        var (digits, zeros) = (0, 0);
        foreach (var c in number)
        {
            if (c is 'e' or 'E')
            {
                break;
            }

            if (c is < '0' or > '9' || (digits == 0 && c == '0'))
            {
                continue;
            }

            // Closing zeros count only when another digit follows them.
            zeros = c == '0' ? zeros + 1 : 0;
            digits++;
        }

        return digits - zeros <= Digits && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) is var size
            && (size == 0 ? digits == 0 : size is >= 2.2250738585072014e-308 and <= 9.99999999999999e307);
    }

    /// <summary>The serial number of a date in ISO form; null for another text, and for a day Excel does not know.</summary>
    public static (double Serial, bool HasTime)? Date(ReadOnlySpan<char> text)
    {
        if (text.Length is < 10 or > 24
            || !DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            || date < First)
        {
            return null;
        }

        var span = date - Zero;
        return (Math.Round(span.TotalMilliseconds) / TimeSpan.FromDays(1).TotalMilliseconds, text.Length > 10);
    }
}
