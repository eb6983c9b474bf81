namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Digits in groups: of three, or as in India of two before the last three.</summary>
internal static class DigitGroups
{
    /// <summary>Whether digits and marks are one number with this decimal mark.</summary>
    public static bool Fit(ReadOnlySpan<char> digits, char decimalMark)
    {
        var at = digits.IndexOf(decimalMark);
        var whole = at < 0 ? digits : digits[..at];
        if (at >= 0 && (at == digits.Length - 1 || !AsciiDigits.Are(digits[(at + 1)..])))
        {
            return false;
        }

        return whole.IsEmpty ? at >= 0 : FitGroups(whole);
    }

    /// <summary>Blanks of all widths that stand between groups.</summary>
    public static bool IsBlank(char c) => c is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\u2007';

    private static bool FitGroups(ReadOnlySpan<char> whole)
    {
        var first = AsciiDigits.CountAtStart(whole);
        if (first == whole.Length)
        {
            return true;
        }

        // A group of one to three digits that begins with zero is no beginning of a grouped number: 0,123 is a fraction.
        if (first is 0 or > 3 || whole[0] == '0')
        {
            return false;
        }

        var mark = whole[first];
        if (KindOf(mark) is not { } kind)
        {
            return false;
        }

        return AreGroups(whole[first..], kind, 3) || (mark == ',' && first <= 2 && AreIndian(whole[first..]));
    }

    private static bool AreGroups(ReadOnlySpan<char> rest, char kind, int width)
    {
        while (!rest.IsEmpty)
        {
            if (rest.Length < width + 1 || KindOf(rest[0]) != kind || !AsciiDigits.Are(rest[1..(width + 1)]))
            {
                return false;
            }

            rest = rest[(width + 1)..];
        }

        return true;
    }

    private static bool AreIndian(ReadOnlySpan<char> rest) =>
        rest.Length > 4 && AreGroups(rest[^4..], ',', 3) && AreGroups(rest[..^4], ',', 2);

    private static char? KindOf(char c) => c switch
    {
        ',' or '.' => c,
        '\'' or '\u2019' or '\u02BC' => '\'',
        _ when IsBlank(c) => ' ',
        _ => null,
    };
}
