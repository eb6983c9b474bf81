using Flatfile.Agent;

namespace OurAirports;

/// <summary>Checks both ends of runways and marks the closed ones.</summary>
public sealed class RunwayHook : RecordHook
{
    private static readonly string[] Ends = ["le", "he"];

    /// <inheritdoc />
    public override string SheetSlug => RunwaysSheet.Slug;

    /// <inheritdoc />
    public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            foreach (var end in Ends)
            {
                Coordinates.Check(record, $"{end}_latitude_deg", $"{end}_longitude_deg");
                Coordinates.CheckRange(record, $"{end}_heading_degT", 0, 360, "A heading lies between 0 and 360 degrees.");
            }

            if (record.GetNumber("width_ft") < 0)
            {
                record.AddWarning("width_ft", "A width is not negative.");
            }

            if (record.GetText("closed") == "1")
            {
                record.AddInfo("closed", "This runway is closed.");
            }
        }

        return Task.CompletedTask;
    }
}
