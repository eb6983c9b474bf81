using System.Collections.Frozen;
using System.Globalization;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>An International Bank Account Number: its country's length and its check digits (ISO 13616, ISO 7064 mod 97-10).</summary>
public sealed class IbanCheck : ValueCheck
{
    private const int Head = 4;

    private static readonly FrozenDictionary<string, int> Lengths =
        DataFile.Lines("ibans.csv").ToFrozenDictionary(line => line[0], line => int.Parse(line[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <inheritdoc />
    public override string Name => "iban";

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        var iban = string.Concat(value.Where(c => !char.IsWhiteSpace(c) && c is not '-')).ToUpperInvariant();
        if (iban.Length < Head || !iban.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(iban[0]) || !char.IsAsciiLetter(iban[1]) || !char.IsAsciiDigit(iban[2]) || !char.IsAsciiDigit(iban[3]))
        {
            return new CheckResult($"'{value}' is no IBAN. It begins with two letters of the country and two digits, such as DE89 3704 0044 0532 0130 00.");
        }

        if (!Lengths.TryGetValue(iban[..2], out var length))
        {
            return new CheckResult($"'{iban[..2]}' at the beginning of '{value}' is no country with an IBAN. Look up the first two letters.");
        }

        if (iban.Length != length)
        {
            return new CheckResult($"'{value}' has {iban.Length} letters and digits, and an IBAN of {iban[..2]} has {length}. Look for what is missing or too much.");
        }

        return Remainder(iban) == 1 ? Right(value, iban) : new CheckResult($"The check digits of '{value}' do not fit: a digit is wrong or two are swapped. Compare it with the original.");
    }

    private static int Remainder(string iban)
    {
        var remainder = 0;
        foreach (var c in iban[Head..] + iban[..Head])
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder;
    }
}
