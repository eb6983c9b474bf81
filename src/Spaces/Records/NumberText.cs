using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Flatfile.Spaces.Records;

/// <summary>Numbers as text: what is one, what its JSON is, when two are the same. Never through floating point, which would lose digits.</summary>
internal static class NumberText
{
    private const int LongestInteger = 18;

    /// <summary>A whole number that prints back exactly as it came, so that it may be stored as an integer.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        if (digits.IsEmpty || digits.Length > LongestInteger || (digits[0] == '0' && text.Length > 1) || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return false;
        }

        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }

    /// <summary>Whether the text is a JSON number as it stands.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text) =>
        Split(text, out var parts) && parts.Plain && parts.Whole.Length > 0 && (parts.Whole.Length == 1 || parts.Whole[0] != '0')
        && (!parts.Point || parts.Fraction.Length > 0);

    /// <summary>Reads a number as people write it (outer spaces, plus sign, leading zeros, missing zero) into JSON.</summary>
    /// <returns>Null when the text is no number.</returns>
    public static string? Cast(ReadOnlySpan<byte> text)
    {
        if (!Split(text, out var parts))
        {
            return null;
        }

        var whole = parts.Whole.TrimStart((byte)'0');
        var json = new StringBuilder(text.Length + 1);
        json.Append(parts.Negative ? "-" : "").Append(whole.IsEmpty ? "0" : Encoding.ASCII.GetString(whole));
        if (!parts.Fraction.IsEmpty)
        {
            json.Append('.').Append(Encoding.ASCII.GetString(parts.Fraction));
        }

        return json.Append(Encoding.ASCII.GetString(parts.Exponent)).ToString();
    }

    /// <summary>One text for all ways to write the same number: 7, 007 and 7.0 are equal.</summary>
    /// <returns>Null when the text is no number.</returns>
    public static string? Canonical(ReadOnlySpan<byte> text)
    {
        if (!Split(text, out var parts))
        {
            return null;
        }

        var exponent = 0L;
        if (parts.Exponent.Length > 1 && !long.TryParse(parts.Exponent[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var digits = string.Concat(Encoding.ASCII.GetString(parts.Whole), Encoding.ASCII.GetString(parts.Fraction)).TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
        {
            return "0";
        }

        exponent += digits.Length - significant.Length - parts.Fraction.Length;
        return $"{(parts.Negative ? "-" : "")}{significant}{(exponent == 0 ? "" : "e" + exponent.ToString(CultureInfo.InvariantCulture))}";
    }

    private static bool Split(ReadOnlySpan<byte> text, out Parts parts)
    {
        parts = default;
        var rest = text.Trim(" \t"u8);
        parts.Plain = rest.Length == text.Length;
        if (rest is [(byte)'-' or (byte)'+', ..])
        {
            parts.Negative = rest[0] == '-';
            parts.Plain &= parts.Negative;
            rest = rest[1..];
        }

        parts.Whole = Digits(rest);
        rest = rest[parts.Whole.Length..];
        if (rest is [(byte)'.', ..])
        {
            parts.Point = true;
            parts.Fraction = Digits(rest[1..]);
            rest = rest[(1 + parts.Fraction.Length)..];
        }

        if (parts.Whole.IsEmpty && parts.Fraction.IsEmpty)
        {
            return false;
        }

        if (rest is [(byte)'e' or (byte)'E', ..])
        {
            var sign = rest is [_, (byte)'+' or (byte)'-', ..] ? 1 : 0;
            var digits = Digits(rest[(1 + sign)..]);
            parts.Exponent = rest[..(1 + sign + digits.Length)];
            rest = rest[parts.Exponent.Length..];
            if (digits.IsEmpty)
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text : text[..end];
    }

    private ref struct Parts
    {
        public bool Negative;
        public bool Plain;
        public bool Point;
        public ReadOnlySpan<byte> Whole;
        public ReadOnlySpan<byte> Fraction;
        public ReadOnlySpan<byte> Exponent;
    }
}
