using System.Globalization;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Writes numbers in the shortest digits that are the same number again, without an exponent from 0.0000001 up to 21 digits.</summary>
internal static class NumberText
{
    /// <summary>The longest text there is.</summary>
    public const int MaxLength = 64;

    private const int PlainDigits = 21;
    private const int PlainZeros = 6;

    /// <summary>Writes a number.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="target">At least <see cref="MaxLength"/> long.</param>
    /// <returns>Characters written.</returns>
    public static int Write(double value, Span<char> target)
    {
        if (value == 0)
        {
            target[0] = '0';
            return 1;
        }

        value.TryFormat(target, out var length, "R", CultureInfo.InvariantCulture);
        var e = target[..length].IndexOf('E');
        return e < 0 ? length : Plain(target, length, e);
    }

    /// <summary>True for digits with at most a minus before them: such a text is the number, however many digits there are.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> text)
    {
        var digits = text.StartsWith("-"u8) ? text[1..] : text;
        return !digits.IsEmpty && digits.Length < MaxLength && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && (digits[0] != '0' || digits.Length == 1);
    }

    private static int Plain(Span<char> target, int length, int e)
    {
        var exponent = int.Parse(target[(e + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        Span<char> digits = stackalloc char[24];
        var negative = target[0] == '-';
        var count = 0;
        foreach (var c in target[..e])
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        digits = digits[..count];
        var position = 0;
        if (exponent >= PlainDigits || exponent < -PlainZeros - 1)
        {
            return length;
        }

        if (negative)
        {
            target[position++] = '-';
        }

        if (exponent < 0)
        {
            "0.0000000".AsSpan(0, 1 - exponent).CopyTo(target[position..]);
            position += 1 - exponent;
            digits.CopyTo(target[position..]);
            return position + count;
        }

        for (var i = 0; i < Math.Max(count, exponent + 1); i++)
        {
            if (i == exponent + 1)
            {
                target[position++] = '.';
            }

            target[position++] = i < count ? digits[i] : '0';
        }

        return position;
    }
}
