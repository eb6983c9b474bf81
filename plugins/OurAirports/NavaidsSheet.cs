using Flatfile.Api;

namespace OurAirports;

/// <summary>Radio navigation aids.</summary>
internal static class NavaidsSheet
{
    public const string Slug = "navaids";

    public static SheetConfig Config { get; } = new()
    {
        Name = "Navaids",
        Slug = Slug,
        Description = "Radio navigation aids: beacons that aircraft take bearings and distances from.",
        Fields =
        [
            Field.Number("id", "id", "OurAirports' own number.").ThatIsRequired().ThatIsUnique(),
            Field.Text("filename", "filename", "Name of its page at OurAirports; several aids may share one."),
            Field.Text("ident", "ident", "One to three characters it sends by Morse code.").ThatIsRequired(),
            Field.Text("name", "name", "Without its type.").ThatIsRequired(),
            Field.Choice(
                "type", "type", "What it sends.",
                ("DME", "Distance measuring equipment"), ("NDB", "Non-directional beacon"), ("NDB-DME", "Non-directional beacon with DME"), ("TACAN", "Tactical air navigation"),
                ("VOR", "Omnidirectional range"), ("VOR-DME", "Omnidirectional range with DME"), ("VORTAC", "Omnidirectional range with TACAN")).ThatIsRequired(),
            Field.Number("frequency_khz", "frequency_khz", "In kilohertz; 115.2 MHz is 115200."),
            Field.Number("latitude_deg", "latitude_deg", "Degrees, south negative.").ThatIsRequired(),
            Field.Number("longitude_deg", "longitude_deg", "Degrees, west negative.").ThatIsRequired(),
            Field.Number("elevation_ft", "elevation_ft", "Feet above mean sea level."),
            Field.Country("iso_country", "iso_country", "The country that operates it.").ThatIsRequired(),
            Field.Number("dme_frequency_khz", "dme_frequency_khz", "Of the paired VHF frequency, in kilohertz."),
            Field.Text("dme_channel", "dme_channel", "Such as 051Y: text, its zeros count."),
            Field.Number("dme_latitude_deg", "dme_latitude_deg", "Where the DME stands apart from the aid."),
            Field.Number("dme_longitude_deg", "dme_longitude_deg", "Where the DME stands apart from the aid."),
            Field.Number("dme_elevation_ft", "dme_elevation_ft", "Feet above mean sea level."),
            Field.Number("slaved_variation_deg", "slaved_variation_deg", "The magnetic variation the aid is set to, west negative."),
            Field.Number("magnetic_variation_deg", "magnetic_variation_deg", "The actual magnetic variation there, west negative."),
            Field.Choice(
                "usageType", "usageType", "Who flies by it.",
                ("HI", "High altitude"), ("LO", "Low altitude"), ("BOTH", "High and low altitude"), ("TERMINAL", "Terminal area"), ("RNAV", "Area navigation only")),
            Field.Choice("power", "power", "How far it reaches.", ("HIGH", "High"), ("MEDIUM", "Medium"), ("LOW", "Low"), ("UNKNOWN", "Unknown")),
            Field.Text("associated_airport", "associated_airport", "The airport it serves, by OurAirports' ident."),
        ],
    };
}
