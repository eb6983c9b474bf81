using System.Globalization;
using System.Net.Mail;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>One address of electronic mail without a name before it, at a domain of the internet.</summary>
public sealed class EmailCheck : ValueCheck
{
    private const int Longest = 254;
    private const int LongestLocal = 64;
    private const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <inheritdoc />
    public override string Name => "email";

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        var text = value.Trim();
        if (text.IndexOfAny([',', ';']) >= 0)
        {
            return new CheckResult($"'{value}' holds more than one address. Write one, such as name@example.com.");
        }

        if (text.Length > Longest || !MailAddress.TryCreate(text, out var address) || address.Address != text || address.User.Length > LongestLocal || address.User.StartsWith('"'))
        {
            return new CheckResult($"'{value}' is no e-mail address. Write one such as name@example.com.");
        }

        if (DomainOf(address.Host) is not { } domain)
        {
            return new CheckResult($"'{address.Host}' in '{value}' is no domain that mail can go to. Write an address such as name@example.com.");
        }

        return Right(value, $"{address.User}@{domain}");
    }

    /// <summary>In lower case; null when it is none.</summary>
    private static string? DomainOf(string host)
    {
        try
        {
            var labels = Idn.GetAscii(host).Split('.');
            return labels.Length > 1 && labels.All(l => l.Length is > 0 and <= LongestLabel) && labels[^1].Length > 1 && labels[^1].Any(char.IsAsciiLetter) ? host.ToLowerInvariant() : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
