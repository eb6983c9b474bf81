using Flatfile.Agent;

namespace OurAirports;

/// <summary>Checks of places on earth and directions.</summary>
internal static class Coordinates
{
    /// <summary>Latitude within 90 and longitude within 180 degrees; one without the other is doubtful.</summary>
    public static void Check(FlatfileRecord record, string latitude, string longitude)
    {
        CheckRange(record, latitude, -90, 90, "A latitude lies between -90 and 90 degrees.");
        CheckRange(record, longitude, -180, 180, "A longitude lies between -180 and 180 degrees.");
        if ((record.Get(latitude) is null) != (record.Get(longitude) is null))
        {
            var missing = record.Get(latitude) is null ? latitude : longitude;
            record.AddWarning(missing, "A place needs both latitude and longitude.");
        }
    }

    /// <summary>A number outside the range is an error; what is no number already has one from the field's type.</summary>
    public static void CheckRange(FlatfileRecord record, string field, double min, double max, string message)
    {
        if (record.GetNumber(field) is { } number && (number < min || number > max))
        {
            record.AddError(field, message);
        }
    }
}
