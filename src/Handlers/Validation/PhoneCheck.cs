using PhoneNumbers;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>A telephone number by the numbering plans of all countries, as Google's libphonenumber knows them.</summary>
/// <param name="region">Two letters of the country whose numbers may come without country code; null when each must begin with <c>+</c>.</param>
public sealed class PhoneCheck(string? region = null) : ValueCheck
{
    private const string NoRegion = "ZZ";

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    private readonly string _region = region is null ? NoRegion
        : Knows(region) ? region.ToUpperInvariant() : throw new ArgumentException($"'{region}' is no region with a numbering plan. Write two letters such as DE.", nameof(region));

    /// <inheritdoc />
    public override string Name => "phone";

    /// <summary>Whether there is a numbering plan for a region.</summary>
    public static bool Knows(string region) => Plans.GetSupportedRegions().Contains(region.ToUpperInvariant());

    /// <inheritdoc />
    public override CheckResult Check(string value)
    {
        try
        {
            var number = Plans.Parse(value, _region);
            if (Plans.IsValidNumber(number))
            {
                return Right(value, Plans.Format(number, PhoneNumberFormat.E164));
            }

            return new CheckResult(Plans.IsPossibleNumberWithReason(number) switch
            {
                PhoneNumberUtil.ValidationResult.TOO_SHORT => $"'{value}' has too few digits for a telephone number of +{number.CountryCode}. Add the missing ones.",
                PhoneNumberUtil.ValidationResult.TOO_LONG => $"'{value}' has too many digits for a telephone number of +{number.CountryCode}. Remove those that do not belong to it.",
                _ => $"'{value}' is no number of the numbering plan of +{number.CountryCode}. Look it up and correct it.",
            });
        }
        catch (NumberParseException fault)
        {
            return new CheckResult(fault.ErrorType == ErrorType.INVALID_COUNTRY_CODE && _region == NoRegion
                ? $"'{value}' has no country code. Begin with + and the code, such as +49 30 1234567."
                : $"'{value}' is no telephone number. Write one such as +49 30 1234567.");
        }
    }
}
