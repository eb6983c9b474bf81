using System.Buffers;
using System.Globalization;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>What a cell looks like, for guessing only: values are never changed by it.</summary>
internal static class CellShape
{
    private static readonly SearchValues<char> Remarkable = SearchValues.Create(",;\t|\"'()[]{}`");

    /// <summary>0 to 1: how much an unquoted cell looks like one value rather than like a piece or several.</summary>
    public static double Wholeness(ReadOnlySpan<char> cell, Dialect dialect)
    {
        if (cell.IsEmpty)
        {
            return 1;
        }

        var trimmed = cell.Trim();
        var value = trimmed.Length == cell.Length ? 1 : 0.9;
        if (trimmed.IndexOfAny(Remarkable) < 0 || IsNumber(trimmed))
        {
            return value;
        }

        return value * Divided(trimmed, dialect) * Torn(trimmed, dialect);
    }

    /// <summary>Digits with sign, separators, exponent, percent or currency.</summary>
    public static bool IsNumber(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.IsEmpty || cell.Length > 40 || !cell.ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        cell = cell.TrimEnd("%€$£ ").TrimStart("$€£ ");
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return true;
        }

        if (cell is ['(', .., ')'])
        {
            cell = cell[1..^1];
        }

        var digitsAndSeparators = cell.Length > 1 && cell[0] is '-' or '+' ? cell[1..].TrimStart("$€£ ") : cell;
        return digitsAndSeparators.Length > 0 && digitsAndSeparators.IndexOfAnyExcept("0123456789., '\u00A0\u202F") < 0
            && digitsAndSeparators[0] is >= '0' and <= '9' && digitsAndSeparators.IndexOf(", ") < 0 && char.IsAsciiDigit(digitsAndSeparators[^1]);
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

    /// <summary>Less than 1 when a mark inside the cell seems to divide values.</summary>
    private static double Divided(ReadOnlySpan<char> cell, Dialect dialect)
    {
        var value = 1.0;
        foreach (var mark in ",;|\t")
        {
            var found = cell.IndexOf(mark);
            if (found < 0 || dialect.Delimiter.Contains(mark))
            {
                continue;
            }

            // Writers put a blank behind a comma or semicolon, programs do not.
            var asInProse = mark is ',' or ';' && found > 0 && cell[found - 1] != ' ' && (found + 1 == cell.Length || cell[found + 1] == ' ');
            value *= mark == '\t' ? 0.1 : asInProse ? 0.9 : mark == ',' ? 0.4 : 0.3;
        }

        return value;
    }

    /// <summary>Less than 1 when a quote or bracket in the cell has no partner or stands around it.</summary>
    private static double Torn(ReadOnlySpan<char> cell, Dialect dialect)
    {
        if (cell is "\"\"" or "''")
        {
            return 1;
        }

        if (cell.Length > 2 && cell[0] is '"' or '\'' or '`' && cell[^1] == cell[0])
        {
            return cell[0] == '"' ? 0.1 : 0.5;
        }

        var value = cell[0] is '"' or '\'' || cell[^1] is '"' or '\'' ? 0.4 : dialect.Quote != '\'' && cell.Contains('"') ? 0.7 : 1;
        return IsBalanced(cell, '(', ')') && IsBalanced(cell, '[', ']') && IsBalanced(cell, '{', '}') ? value : value * 0.4;
    }

    private static bool IsBalanced(ReadOnlySpan<char> cell, char open, char close) => cell.Count(open) == cell.Count(close) || (cell.Length < 4 && cell[^1] == close);
}
