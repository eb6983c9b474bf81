using Flatfile.Api;

namespace OurAirports;

/// <summary>Provinces, states and the like, by their ISO 3166-2 code.</summary>
internal static class RegionsSheet
{
    public static SheetConfig Config { get; } = new()
    {
        Name = "Regions",
        Slug = "regions",
        Description = "The first level of a country's parts: provinces, states, governorates.",
        Fields =
        [
            Field.Number("id", "id", "OurAirports' own number.").ThatIsRequired().ThatIsUnique(),
            Field.Text("code", "code", "Country code, hyphen, local code.").ThatIsRequired().ThatIsUnique(),
            Field.Text("local_code", "local_code", "Text, not a number: 02 keeps its zero.").ThatIsRequired(),
            Field.Text("name", "name", "The common English name.").ThatIsRequired(),
            Field.Continent().ThatIsRequired(),
            Field.Country("iso_country", "iso_country", "The country it belongs to.").ThatIsRequired(),
            Field.Text("wikipedia_link", "wikipedia_link", "The article on the region."),
            Field.Text("keywords", "keywords", "Words a search should find it by, separated by commas."),
        ],
    };
}
