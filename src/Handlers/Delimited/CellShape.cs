using System.Globalization;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>What a cell looks like, for guessing only: values are never changed by it.</summary>
internal static class CellShape
{
    /// <summary>0 to 1: how much an unquoted cell looks like one value rather than like a piece or several.</summary>
    public static double Wholeness(ReadOnlySpan<char> cell, char delimiter)
    {
        if (cell.IsEmpty || IsNumber(cell))
        {
            return 1;
        }

        if (cell.IndexOfAny(";\t|") is var other and >= 0 && cell[other] != delimiter)
        {
            return 0;
        }

        if ((cell[0] is '"' or '\'') && cell[^1] == cell[0] && cell.Length > 1)
        {
            return 0.1;
        }

        var value = cell[0] == ' ' || cell[^1] == ' ' ? 0.7 : 1;
        value *= cell.Contains('"') ? 0.5 : 1;
        var comma = cell.IndexOf(',');
        return comma < 0 ? value : value * (comma + 1 < cell.Length && cell[comma + 1] == ' ' ? 0.9 : 0.3);
    }

    /// <summary>Digits with sign, separators, exponent, percent or currency.</summary>
    public static bool IsNumber(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim().TrimEnd('%').TrimStart("$€£");
        if (cell.IsEmpty || !cell.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        var digitsAndSeparators = cell[0] is '-' or '+' ? cell[1..] : cell;
        return digitsAndSeparators.IndexOfAnyExcept("0123456789., ") < 0
            && digitsAndSeparators[0] is >= '0' and <= '9' && digitsAndSeparators.IndexOf(", ") < 0;
    }

    /// <summary>Digits with date or time separators, such as 2026-01-31, 31.01.2026 or 10:30:00Z.</summary>
    public static bool IsDate(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        return cell.Length is >= 5 and <= 40 && cell[0] is >= '0' and <= '9'
            && cell.IndexOfAny("-/.:") > 0 && cell.IndexOfAnyExcept("0123456789-/.:+TZ ") < 0;
    }

    /// <summary>A whole number that a column header may well be: a year.</summary>
    public static bool IsYear(ReadOnlySpan<char> cell) =>
        cell.Trim() is { Length: 4 } year && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1900 and <= 2100;
}
