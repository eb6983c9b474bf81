using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flatfile.Agent.Core.Binding;

/// <summary>The text and the truth of JSON values as JavaScript sees them; filters are written with that in mind.</summary>
internal static class JsonText
{
    /// <summary>The text a glob is held against.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => OfNumber(value.GetDouble()),
        JsonValueKind.Object => "[object Object]",
        _ => string.Empty,
    };

    /// <summary>Whether JavaScript's <c>||</c> would keep the value.</summary>
    public static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => !value.ValueEquals(string.Empty),
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.True or JsonValueKind.Object or JsonValueKind.Array => true,
        _ => false,
    };

    /// <summary>A number as JavaScript prints it: no exponent between 1e-6 and 1e21.</summary>
    public static string OfNumber(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "Infinity" : "-Infinity";
        }

        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Split(shortest.TrimStart('-'));
        var text = Lay(digits, exponent);
        return number < 0 ? "-" + text : text;
    }

    // The digits without leading and trailing zeros, and where the point stands: 0.digits times ten to the exponent.
    private static (string Digits, int Exponent) Split(string shortest)
    {
        var mark = shortest.IndexOf('E');
        var power = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = whole + (point < 0 ? string.Empty : mantissa[(point + 1)..]);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole.Length - leading + power);
    }

    private static string Lay(string digits, int exponent)
    {
        if (exponent is > 21 or <= -6)
        {
            var text = new StringBuilder(digits.Length + 6).Append(digits[0]);
            if (digits.Length > 1)
            {
                text.Append('.').Append(digits, 1, digits.Length - 1);
            }

            var shown = exponent - 1;
            return text.Append('e').Append(shown < 0 ? '-' : '+').Append(Math.Abs(shown)).ToString();
        }

        if (exponent <= 0)
        {
            return "0." + new string('0', -exponent) + digits;
        }

        return digits.Length <= exponent
            ? digits + new string('0', exponent - digits.Length)
            : digits[..exponent] + "." + digits[exponent..];
    }
}
