namespace Flatfile.Agent.Handlers.Validation;

/// <summary>A country's code by ISO 3166-1.</summary>
/// <param name="form">Which of its codes.</param>
public sealed class CountryCheck(CountryForm form = CountryForm.Alpha2) : ValueCheck
{
    /// <inheritdoc />
    public override string Name => "country";

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        var text = value.Trim();
        if (Countries.Find(text) is { } byCode)
        {
            var code = CodeOf(byCode, text.ToUpperInvariant());
            return code.Equals(text, StringComparison.OrdinalIgnoreCase) ? Right(value, code) : new CheckResult($"'{value}' is another code than the one wanted here. Write {code}.", code);
        }

        if (Countries.FindByName(text) is { } byName)
        {
            var code = CodeOf(byName, byName.Alpha2);
            return new CheckResult($"'{value}' is a country's name and no code. Write {code}.", code);
        }

        return new CheckResult($"'{value}' is no country code of ISO 3166-1. Write {Example}.");
    }

    private string Example => form switch
    {
        CountryForm.Alpha3 => "three letters such as DEU",
        CountryForm.Numeric => "three digits such as 276",
        _ => "two letters such as DE",
    };

    private string CodeOf(Country country, string any) => form switch
    {
        CountryForm.Alpha2 => country.Alpha2,
        CountryForm.Alpha3 => country.Alpha3,
        CountryForm.Numeric => country.Numeric,
        _ => any,
    };
}
