using Flatfile.Api;

namespace OurAirports;

/// <summary>Runways and helipads, both ends of each.</summary>
internal static class RunwaysSheet
{
    public const string Slug = "runways";

    public static SheetConfig Config { get; } = new()
    {
        Name = "Runways",
        Slug = Slug,
        Description = "Landing surfaces. Each has a low-numbered end (le_) and a high-numbered end (he_); helipads have one.",
        Fields =
        [
            Field.Number("id", "id", "OurAirports' own number.").ThatIsRequired().ThatIsUnique(),
            Field.Number("airport_ref", "airport_ref", "OurAirports' number of the airport.").ThatIsRequired(),
            Field.Text("airport_ident", "airport_ident", "OurAirports' ident of the airport.").ThatIsRequired(),
            Field.Number("length_ft", "length_ft", "Full length in feet, displaced thresholds and the like included."),
            Field.Number("width_ft", "width_ft", "In feet."),
            Field.Text("surface", "surface", "Such as ASP, TURF, CON or words of a local source."),
            Field.Choice("lighted", "lighted", "Whether it has lights.", ("1", "Lighted"), ("0", "Not lighted")).ThatIsRequired(),
            Field.Choice("closed", "closed", "Whether it is out of use.", ("1", "Closed"), ("0", "Open")).ThatIsRequired(),
            .. End("le", "low-numbered"),
            .. End("he", "high-numbered"),
        ],
    };

    private static IEnumerable<Property> End(string prefix, string which) =>
    [
        Field.Text($"{prefix}_ident", $"{prefix}_ident", $"The {which} end, such as 01 or 09L: text, its zero counts."),
        Field.Number($"{prefix}_latitude_deg", $"{prefix}_latitude_deg", $"Middle of the {which} end, degrees, south negative."),
        Field.Number($"{prefix}_longitude_deg", $"{prefix}_longitude_deg", $"Middle of the {which} end, degrees, west negative."),
        Field.Number($"{prefix}_elevation_ft", $"{prefix}_elevation_ft", "Feet above mean sea level."),
        Field.Number($"{prefix}_heading_degT", $"{prefix}_heading_degT", "Degrees true, 0 to 360."),
        Field.Number($"{prefix}_displaced_threshold_ft", $"{prefix}_displaced_threshold_ft", "Feet from the end to where landing may begin."),
    ];
}
