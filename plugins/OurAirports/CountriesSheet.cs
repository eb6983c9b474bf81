using Flatfile.Api;

namespace OurAirports;

/// <summary>Countries and dependent territories, by their ISO 3166-1 code.</summary>
internal static class CountriesSheet
{
    public const string Slug = "countries";

    public static SheetConfig Config { get; } = new()
    {
        Name = "Countries",
        Slug = Slug,
        Description = "Countries and dependent territories. The other sheets refer to their codes.",
        Fields =
        [
            Field.Number("id", "id", "OurAirports' own number.").ThatIsRequired().ThatIsUnique(),
            Field.Text("code", "code", "Two letters, mostly ISO 3166-1 alpha-2. NA is Namibia.").ThatIsRequired().ThatIsUnique(),
            Field.Text("name", "name", "The common English name.").ThatIsRequired(),
            Field.Continent().ThatIsRequired(),
            Field.Text("wikipedia_link", "wikipedia_link", "The article on the country."),
            Field.Text("keywords", "keywords", "Words a search should find it by, separated by commas."),
        ],
    };
}
