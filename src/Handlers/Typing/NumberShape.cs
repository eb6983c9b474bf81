namespace Flatfile.Agent.Handlers.Typing;

/// <summary>A cell that looks like a number: what stands around its digits, and how its marks can be read.</summary>
internal readonly ref struct NumberShape
{
    private const int Longest = 64;

    private NumberShape(NumberMarks marks, bool negative, bool percent, ReadOnlySpan<char> currency, ReadOnlySpan<char> digits, ReadOnlySpan<char> exponent)
    {
        Marks = marks;
        IsNegative = negative;
        IsPercent = percent;
        Currency = currency;
        Digits = digits;
        Exponent = exponent;
    }

    /// <summary>Which decimal marks the cell can be read with.</summary>
    public NumberMarks Marks { get; }

    public bool IsNegative { get; }

    public bool IsPercent { get; }

    /// <summary>The sign or code of a currency; empty for none.</summary>
    public ReadOnlySpan<char> Currency { get; }

    /// <summary>Digits with their decimal and grouping marks.</summary>
    public ReadOnlySpan<char> Digits { get; }

    /// <summary>With its letter; empty for none.</summary>
    public ReadOnlySpan<char> Exponent { get; }

    public bool HasPointOrComma => Digits.IndexOfAny('.', ',') >= 0;

    /// <summary>Digits only, the first a zero and not the only one: as a number it would lose it.</summary>
    public bool HasLeadingZero => Digits.Length > 1 && Digits[0] == '0' && IsPlain;

    public bool IsPlain => AsciiDigits.Are(Digits) && Exponent.IsEmpty;

    public static bool TryParse(ReadOnlySpan<char> cell, out NumberShape shape)
    {
        shape = default;
        cell = cell.Trim();
        if (cell.Length is 0 or > Longest || !AsciiDigits.HasAny(cell))
        {
            return false;
        }

        var around = new Surroundings();
        if (cell is ['(', .., ')'])
        {
            around.Negative = around.HasSign = true;
            cell = cell[1..^1].Trim();
        }

        while (!cell.IsEmpty && !char.IsAsciiDigit(cell[0]) && !StartsFraction(cell))
        {
            var length = around.TakeFirst(cell);
            if (length == 0)
            {
                return false;
            }

            cell = cell[length..].TrimStart();
        }

        while (!cell.IsEmpty && !char.IsAsciiDigit(cell[^1]))
        {
            var length = around.TakeLast(cell);
            if (length == 0)
            {
                return false;
            }

            cell = cell[..^length].TrimEnd();
        }

        var letter = cell.IndexOfAny('e', 'E');
        var exponent = letter > 0 ? cell[letter..] : default;
        var digits = letter > 0 ? cell[..letter] : cell;
        if (!exponent.IsEmpty && !IsExponent(exponent[1..]))
        {
            return false;
        }

        var marks = (DigitGroups.Fit(digits, '.') ? NumberMarks.Point : 0) | (DigitGroups.Fit(digits, ',') ? NumberMarks.Comma : 0);
        shape = new NumberShape(marks, around.Negative, around.Percent, around.Currency, digits, exponent);
        return marks != 0;
    }

    private static bool StartsFraction(ReadOnlySpan<char> cell) => cell is ['.' or ',', >= '0' and <= '9', ..];

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        return digits.Length is 1 or 2 or 3 && AsciiDigits.Are(digits);
    }

    /// <summary>What stands before and behind the digits: one sign, one percent sign, one currency.</summary>
    private ref struct Surroundings
    {
        public bool Negative;
        public bool HasSign;
        public bool Percent;
        public ReadOnlySpan<char> Currency;

        public int TakeFirst(ReadOnlySpan<char> cell)
        {
            if (TakeSign(cell[0], leading: true) || TakePercent(cell[0]))
            {
                return 1;
            }

            var length = Currency.IsEmpty ? CurrencySign.AtStart(cell) : 0;
            if (length > 0)
            {
                Currency = cell[..length];
            }

            return length;
        }

        public int TakeLast(ReadOnlySpan<char> cell)
        {
            if (TakeSign(cell[^1], leading: false) || TakePercent(cell[^1]))
            {
                return 1;
            }

            var length = Currency.IsEmpty ? CurrencySign.AtEnd(cell) : 0;
            if (length > 0)
            {
                Currency = cell[^length..];
            }

            return length;
        }

        private bool TakeSign(char c, bool leading)
        {
            var minus = c is '-' or '\u2212' or '\u2013' or '\uFE63' or '\uFF0D';
            if (HasSign || !(minus || (leading && c == '+')))
            {
                return false;
            }

            (HasSign, Negative) = (true, minus);
            return true;
        }

        private bool TakePercent(char c)
        {
            if (Percent || c != '%')
            {
                return false;
            }

            return Percent = true;
        }
    }
}
