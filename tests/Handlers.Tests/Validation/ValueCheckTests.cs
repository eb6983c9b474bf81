using Flatfile.Agent.Handlers.Validation;

namespace Flatfile.Agent.Handlers.Tests.Validation;

public sealed class ValueCheckTests
{
    [Theory]
    [InlineData("email", "a.b+c@example.co.uk")]
    [InlineData("email", "jürgen@müller.de")]
    [InlineData("phone", "+493012345678")]
    [InlineData("url", "https://example.com/a?b=c#d")]
    [InlineData("url", "http://127.0.0.1:8080/")]
    [InlineData("date", "2026-01-31")]
    [InlineData("number", "1234.5")]
    [InlineData("number", "-7")]
    [InlineData("iban", "DE89370400440532013000")]
    [InlineData("iban", "GB82WEST12345698765432")]
    [InlineData("iban", "NO9386011117947")]
    [InlineData("iban", "MT84MALT011000012345MTLCAST001S")]
    [InlineData("isbn", "9783161484100")]
    [InlineData("isbn", "080442957X")]
    [InlineData("country", "DE")]
    [InlineData("country:alpha3", "DEU")]
    [InlineData("country:any", "276")]
    [InlineData("currency", "EUR")]
    public void ARightValueInItsUsualFormIsRight(string check, string value) => Assert.Equal(CheckResult.Right, Find(check).Check(value));

    [Theory]
    [InlineData("email", "Name@Example.COM", "Name@example.com")]
    [InlineData("phone:DE", "030 12345678", "+493012345678")]
    [InlineData("phone", "+1 (650) 253-0000", "+16502530000")]
    [InlineData("date", "31.01.2026", "2026-01-31")]
    [InlineData("date", "31 Jan 2026", "2026-01-31")]
    [InlineData("number", "1.234,56", "1234.56")]
    [InlineData("number", "1,5", "1.5")]
    [InlineData("iban", "de89 3704 0044 0532 0130 00", "DE89370400440532013000")]
    [InlineData("isbn", "ISBN 978-3-16-148410-0", "9783161484100")]
    [InlineData("country", "de", "DE")]
    [InlineData("currency", "eur", "EUR")]
    public void ARightValueInAnotherFormIsOfferedItsUsualOne(string check, string value, string normalised) => Assert.Equal(new CheckResult(null, normalised), Find(check).Check(value));

    [Theory]
    [InlineData("email", "a@b", "'b' in 'a@b' is no domain that mail can go to. Write an address such as name@example.com.")]
    [InlineData("email", "a b@c.de", "'a b@c.de' is no e-mail address. Write one such as name@example.com.")]
    [InlineData("email", "Ann <ann@c.de>", "'Ann <ann@c.de>' is no e-mail address. Write one such as name@example.com.")]
    [InlineData("email", "a@b.de;c@d.de", "'a@b.de;c@d.de' holds more than one address. Write one, such as name@example.com.")]
    [InlineData("email", "a@b..de", "'a@b..de' is no e-mail address. Write one such as name@example.com.")]
    [InlineData("phone", "030 12345678", "'030 12345678' has no country code. Begin with + and the code, such as +49 30 1234567.")]
    [InlineData("phone", "+49 1", "'+49 1' is no telephone number. Write one such as +49 30 1234567.")]
    [InlineData("phone:US", "650 253", "'650 253' has too few digits for a telephone number of +1. Add the missing ones.")]
    [InlineData("phone", "hello", "'hello' is no telephone number. Write one such as +49 30 1234567.")]
    [InlineData("url", "www.example.com", "'www.example.com' has no scheme. Write https://www.example.com.")]
    [InlineData("url", "javascript:alert(1)", "'javascript:alert(1)' is no address of the web. Write one such as https://example.com.")]
    [InlineData("url", "ftp://example.com", "'ftp://example.com' is no address of the web. Write one such as https://example.com.")]
    [InlineData("date", "2026-02-30", "'2026-02-30' is no date. Write one such as 2026-01-31.")]
    [InlineData("date", "45000", "'45000' is no date. Write one such as 2026-01-31.")]
    [InlineData("date", "03/04/2026", "'03/04/2026' can be read in more than one way: 03/04/2026 is 2026-04-03, 03/04/2026 is 2026-03-04. Write it with the year first.")]
    [InlineData("number", "1,234", "'1,234' can be 1234 or 1.234. Write the one that is meant.")]
    [InlineData("number", "12a", "'12a' is no number. Write one such as 1234.5.")]
    [InlineData("iban", "DE89370400440532013001", "The check digits of 'DE89370400440532013001' do not fit: a digit is wrong or two are swapped. Compare it with the original.")]
    [InlineData("iban", "DE8937040044053201300", "'DE8937040044053201300' has 21 letters and digits, and an IBAN of DE has 22. Look for what is missing or too much.")]
    [InlineData("iban", "US89370400440532013000", "'US' at the beginning of 'US89370400440532013000' is no country with an IBAN. Look up the first two letters.")]
    [InlineData("iban", "12345678", "'12345678' is no IBAN. It begins with two letters of the country and two digits, such as DE89 3704 0044 0532 0130 00.")]
    [InlineData("isbn", "9783161484101", "The check digit of '9783161484101' does not fit: a digit is wrong or two are swapped. Compare it with the original.")]
    [InlineData("isbn", "0804429570", "The check digit of '0804429570' does not fit: a digit is wrong or two are swapped. Compare it with the original.")]
    [InlineData("isbn", "4006381333931", "'4006381333931' has 13 digits, but an ISBN begins with 978 or 979. Perhaps it is the number of another article.")]
    [InlineData("isbn", "12345", "'12345' is no ISBN. It has 10 or 13 digits, such as 978-3-16-148410-0; the last of 10 may be an X.")]
    [InlineData("country", "XX", "'XX' is no country code of ISO 3166-1. Write two letters such as DE.")]
    [InlineData("country", "Germany", "'Germany' is a country's name and no code. Write DE.")]
    [InlineData("country", "DEU", "'DEU' is another code than the one wanted here. Write DE.")]
    [InlineData("currency", "DEM", "'DEM' (Deutsche Mark) is no longer valid since 2002-03. Write the code of the currency that took its place.")]
    [InlineData("currency", "XYZ", "'XYZ' is no currency code of ISO 4217. Write three letters such as EUR.")]
    public void AWrongValueIsToldWithWhatToDo(string check, string value, string problem) => Assert.Equal(problem, Find(check).Check(value).Problem);

    [Theory]
    [InlineData("zip")]
    [InlineData("phone:Germany")]
    [InlineData("country:long")]
    [InlineData("iban:DE")]
    public void AnUnknownCheckIsNotFound(string written) => Assert.False(ValueChecks.TryFind(written, out _));

    [Fact]
    public void EveryDigitOfAnIbanMatters()
    {
        const string Iban = "DE89370400440532013000";
        for (var i = 2; i < Iban.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var changed = string.Concat(Iban.AsSpan(0, i), [digit], Iban.AsSpan(i + 1));
                Assert.Equal(changed == Iban, Find("iban").Check(changed).IsValid);
            }
        }
    }

    [Fact]
    public void TheTablesAreWhole()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.All(Countries.All, c => Assert.Matches("^[A-Z]{2} [A-Z]{3} [0-9]{3}$", $"{c.Alpha2} {c.Alpha3} {c.Numeric}"));
        Assert.Equal(0, Currencies.Find("JPY")!.Decimals);
        Assert.Equal(3, Currencies.Find("KWD")!.Decimals);
        Assert.InRange(Currencies.Current.Count, 170, 190);
    }

    private static ValueCheck Find(string written) => ValueChecks.TryFind(written, out var check) ? check : throw new InvalidOperationException(written);
}
