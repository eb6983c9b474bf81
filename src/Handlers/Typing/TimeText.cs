using System.Globalization;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>A time of day as people write it.</summary>
/// <param name="Iso">As ISO 8601 has it, <c>10:30:00</c> with fraction and offset where they are written.</param>
/// <param name="IsMidnight">Nothing but zeros.</param>
internal readonly record struct TimeText(string Iso, bool IsMidnight)
{
    private const int MostFraction = 9;

    public static TimeText? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (!TakeNumber(ref text, 2, out var hour) || !Take(ref text, ':') || !TakeNumber(ref text, 2, out var minute))
        {
            return null;
        }

        var second = 0;
        var fraction = ReadOnlySpan<char>.Empty;
        if (Take(ref text, ':'))
        {
            if (!TakeNumber(ref text, 2, out second))
            {
                return null;
            }

            if (text is ['.' or ',', >= '0' and <= '9', ..])
            {
                fraction = text[1..(1 + AsciiDigits.CountAtStart(text[1..]))];
                text = text[(fraction.Length + 1)..];
            }
        }

        if (!TakeHalf(ref text, ref hour) || hour > 23 || minute > 59 || second > 59 || fraction.Length > MostFraction || OffsetOf(text.Trim()) is not { } offset)
        {
            return null;
        }

        var point = fraction.IsEmpty ? "" : ".";
        return new TimeText(
            string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}:{second:00}{point}{fraction}{offset}"),
            hour == 0 && minute == 0 && second == 0 && fraction.IndexOfAnyExcept('0') < 0);
    }

    private static bool TakeHalf(ref ReadOnlySpan<char> text, ref int hour)
    {
        var rest = text.TrimStart();
        var length = rest switch
        {
            ['a' or 'A' or 'p' or 'P', 'm' or 'M', ..] => 2,
            ['a' or 'A' or 'p' or 'P', '.', 'm' or 'M', '.', ..] => 4,
            _ => 0,
        };
        if (length == 0)
        {
            return true;
        }

        if (hour is < 1 or > 12)
        {
            return false;
        }

        hour = (hour % 12) + (rest[0] is 'p' or 'P' ? 12 : 0);
        text = rest[length..];
        return true;
    }

    private static string? OffsetOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        if (text is "Z" or "z" || text.Equals("UTC", StringComparison.OrdinalIgnoreCase) || text.Equals("GMT", StringComparison.OrdinalIgnoreCase))
        {
            return "Z";
        }

        var sign = text[0] == '\u2212' ? '-' : text[0];
        var digits = text[1..];
        if (sign is not ('+' or '-') || !TakeNumber(ref digits, 2, out var hours))
        {
            return null;
        }

        var minutes = 0;
        _ = Take(ref digits, ':');
        if (!digits.IsEmpty && !TakeNumber(ref digits, 2, out minutes))
        {
            return null;
        }

        return digits.IsEmpty && hours <= 14 && minutes <= 59 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{hours:00}:{minutes:00}") : null;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char c)
    {
        if (text.IsEmpty || text[0] != c)
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int most, out int number)
    {
        var length = 0;
        number = 0;
        while (length < most && length < text.Length && char.IsAsciiDigit(text[length]))
        {
            number = (number * 10) + (text[length++] - '0');
        }

        text = text[length..];
        return length > 0;
    }
}
