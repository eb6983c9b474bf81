using System.Diagnostics.CodeAnalysis;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>The checks by their names.</summary>
public static class ValueChecks
{
    private const char Argument = ':';

    /// <summary>The names that can be written, arguments in angle brackets.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["email", "phone", "phone:<region, such as DE>", "url", "date", "number", "iban", "isbn", "country", "country:<alpha2, alpha3, numeric or any>", "currency"];

    /// <summary>Finds a check by what is written, such as <c>iban</c> or <c>phone:DE</c>.</summary>
    public static bool TryFind(string written, [NotNullWhen(true)] out ValueCheck? check)
    {
        var colon = written.IndexOf(Argument);
        var (name, argument) = colon < 0 ? (written, null) : (written[..colon], written[(colon + 1)..].Trim());
        check = (name.Trim().ToLowerInvariant(), argument) switch
        {
            ("email", null) => new EmailCheck(),
            ("phone", null) => new PhoneCheck(),
            ("phone", { } region) when PhoneCheck.Knows(region) => new PhoneCheck(region),
            ("url", null) => new UrlCheck(),
            ("date", null) => new DateCheck(),
            ("number", null) => new NumberCheck(),
            ("iban", null) => new IbanCheck(),
            ("isbn", null) => new IsbnCheck(),
            ("country", null) => new CountryCheck(),
            ("country", { } form) when Enum.TryParse<CountryForm>(form, ignoreCase: true, out var found) && Enum.IsDefined(found) => new CountryCheck(found),
            ("currency", null) => new CurrencyCheck(),
            _ => null,
        };
        return check is not null;
    }
}
