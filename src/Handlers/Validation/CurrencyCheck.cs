namespace Flatfile.Agent.Handlers.Validation;

/// <summary>A currency's code by ISO 4217 that is valid today.</summary>
public sealed class CurrencyCheck : ValueCheck
{
    /// <inheritdoc />
    public override string Name => "currency";

    /// <inheritdoc />
    public override CheckResult Check(string value) => Currencies.Find(value.Trim()) switch
    {
        { Withdrawn: null } currency => Right(value, currency.Code),
        { } past => new CheckResult($"'{value}' ({past.Name}) is no longer valid since {past.Withdrawn}. Write the code of the currency that took its place."),
        null => new CheckResult($"'{value}' is no currency code of ISO 4217. Write three letters such as EUR."),
    };
}
