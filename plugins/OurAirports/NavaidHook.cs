using Flatfile.Agent;

namespace OurAirports;

/// <summary>Checks where navaids stand.</summary>
public sealed class NavaidHook : RecordHook
{
    /// <inheritdoc />
    public override string SheetSlug => NavaidsSheet.Slug;

    /// <inheritdoc />
    public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            Coordinates.Check(record, "latitude_deg", "longitude_deg");
            Coordinates.Check(record, "dme_latitude_deg", "dme_longitude_deg");
            Coordinates.CheckRange(record, "slaved_variation_deg", -180, 180, "A variation lies between -180 and 180 degrees.");
            Coordinates.CheckRange(record, "magnetic_variation_deg", -180, 180, "A variation lies between -180 and 180 degrees.");
        }

        return Task.CompletedTask;
    }
}
