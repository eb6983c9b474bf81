namespace Flatfile.Agent.Handlers.Typing;

/// <summary>A cell that looks like a date: three numbers, or two and the name of a month, perhaps with a time.</summary>
internal readonly record struct DateShape
{
    private const int Longest = 48;

    private DateShape(DateNumbers numbers, int month, char separator, TimeText? time)
    {
        Numbers = numbers;
        Month = month;
        Separator = separator;
        Time = time;
    }

    public DateNumbers Numbers { get; }

    /// <summary>By its name, 1 to 12; 0 when the month is a number.</summary>
    public int Month { get; }

    /// <summary>Between the first two numbers; zero for eight digits together.</summary>
    public char Separator { get; }

    public TimeText? Time { get; }

    public bool HasShortYear => Month > 0 ? Numbers.SecondDigits == 2 && Numbers.FirstDigits < 4 : Numbers.FirstDigits < 4 && Numbers.ThirdDigits < 4;

    public static bool TryParse(ReadOnlySpan<char> cell, out DateShape shape)
    {
        shape = default;
        cell = cell.Trim();
        if (cell.Length is < 6 or > Longest || !AsciiDigits.HasAny(cell) || !Split(ref cell, out var time))
        {
            return false;
        }

        if (cell.Length == 8 && AsciiDigits.Are(cell))
        {
            shape = new DateShape(new DateNumbers(Value(cell[..4]), Value(cell[4..6]), Value(cell[6..]), 4, 2, 2), 0, '\0', time);
            return true;
        }

        return Numbered(cell, time, out shape) || Named(cell, time, out shape);
    }

    /// <summary>The day by one order of its numbers; null when there is no such day.</summary>
    public DateOnly? DayBy(DateOrder order, int twoDigitYearMax)
    {
        var n = Numbers;
        if (Month > 0)
        {
            return n.FirstDigits == 4 ? Day(n.First, 4, Month, n.Second, twoDigitYearMax) : Day(n.Second, n.SecondDigits, Month, n.First, twoDigitYearMax);
        }

        return order switch
        {
            DateOrder.DayMonthYear when n.FirstDigits <= 2 && n.SecondDigits <= 2 => Day(n.Third, n.ThirdDigits, n.Second, n.First, twoDigitYearMax),
            DateOrder.MonthDayYear when n.FirstDigits <= 2 && n.SecondDigits <= 2 => Day(n.Third, n.ThirdDigits, n.First, n.Second, twoDigitYearMax),
            DateOrder.YearMonthDay when n.SecondDigits <= 2 && n.ThirdDigits <= 2 => Day(n.First, n.FirstDigits, n.Second, n.Third, twoDigitYearMax),
            DateOrder.YearDayMonth when n.FirstDigits == 4 && n.ThirdDigits <= 2 => Day(n.First, n.FirstDigits, n.Third, n.Second, twoDigitYearMax),
            _ => null,
        };
    }

    private static DateOnly? Day(int year, int digits, int month, int day, int twoDigitYearMax)
    {
        if (digits == 2)
        {
            var century = twoDigitYearMax / 100 * 100;
            year += year <= twoDigitYearMax % 100 ? century : century - 100;
        }
        else if (digits != 4)
        {
            return null;
        }

        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    /// <summary>Takes a time off the end; false when what stands there is none.</summary>
    private static bool Split(ref ReadOnlySpan<char> cell, out TimeText? time)
    {
        time = null;
        var colon = cell.IndexOf(':');
        if (colon < 0)
        {
            return true;
        }

        var start = colon;
        while (start > 0 && char.IsAsciiDigit(cell[start - 1]))
        {
            start--;
        }

        if (start == 0 || start == colon)
        {
            return false;
        }

        time = TimeText.Parse(cell[start..]);
        cell = cell[..start].TrimEnd(" ,\u00A0\u202F");
        if (cell is [.., >= '0' and <= '9', 'T' or 't'])
        {
            cell = cell[..^1];
        }

        return time is not null;
    }

    private static bool Numbered(ReadOnlySpan<char> cell, TimeText? time, out DateShape shape)
    {
        shape = default;
        Span<int> values = stackalloc int[3];
        Span<int> digits = stackalloc int[3];
        var separator = '\0';
        for (var i = 0; i < 3; i++)
        {
            if (i > 0)
            {
                if (cell.IsEmpty || cell[0] is not ('/' or '-' or '.' or ' ' or '\u2010' or '\u2011') || (i == 2 && cell[0] != separator))
                {
                    return false;
                }

                separator = cell[0];
                cell = separator == '.' ? cell[1..].TrimStart(' ') : cell[1..];
            }

            var length = AsciiDigits.CountAtStart(cell);
            if (length is 0 or 3 or > 4)
            {
                return false;
            }

            (values[i], digits[i]) = (Value(cell[..length]), length);
            cell = cell[length..];
        }

        shape = new DateShape(new DateNumbers(values[0], values[1], values[2], digits[0], digits[1], digits[2]), 0, separator, time);
        return cell.IsEmpty && (digits[0] == 4 ? digits[1] <= 2 && digits[2] <= 2 : digits[1] <= 2 && digits[2] is 2 or 4 || (digits[0] == 2 && digits[1] <= 2));
    }

    private static bool Named(ReadOnlySpan<char> cell, TimeText? time, out DateShape shape)
    {
        shape = default;
        Span<int> values = stackalloc int[2];
        Span<int> digits = stackalloc int[2];
        var (month, count, separator) = (0, 0, '\0');
        while (!cell.IsEmpty)
        {
            var length = 1;
            if (char.IsAsciiDigit(cell[0]))
            {
                length = AsciiDigits.CountAtStart(cell);
                if (count == 2 || length is not (1 or 2 or 4))
                {
                    return false;
                }

                (values[count], digits[count++]) = (Value(cell[..length]), length);
            }
            else if (char.IsLetter(cell[0]))
            {
                while (length < cell.Length && (char.IsLetter(cell[length]) || char.GetUnicodeCategory(cell[length]) == System.Globalization.UnicodeCategory.NonSpacingMark))
                {
                    length++;
                }

                var word = cell[..length];
                if (month == 0 && MonthNames.Find(word) is > 0 and var found)
                {
                    month = found;
                }
                else if (!IsConnective(word) && (count > 0 || !MonthNames.IsDay(word)))
                {
                    return false;
                }
            }
            else if (cell[0] is not (' ' or ',' or '.' or '-' or '/' or '\u00A0' or '\u202F'))
            {
                return false;
            }
            else if (separator == '\0')
            {
                separator = cell[0];
            }

            cell = cell[length..];
        }

        if (digits is [4, 4] || (digits[0] != 4 && digits[1] is not (2 or 4)) || (digits[0] == 4 && digits[1] > 2))
        {
            return false;
        }

        shape = new DateShape(new DateNumbers(values[0], values[1], 0, digits[0], digits[1], 0), month, separator, time);
        return month > 0 && count == 2;
    }

    private static bool IsConnective(ReadOnlySpan<char> word) => word is "de" or "del" or "of" or "di" or "den" or "der" or "d" or "st" or "nd" or "rd" or "th" or "er" or "ste" or "e" or "г";

    private static int Value(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits)
        {
            value = (value * 10) + (c - '0');
        }

        return value;
    }
}
