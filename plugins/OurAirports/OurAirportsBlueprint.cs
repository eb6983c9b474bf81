using System.Text.Json.Nodes;
using Flatfile.Api;

namespace OurAirports;

/// <summary>A workbook for the public data of ourairports.com: countries, regions, navaids and runways.</summary>
public sealed class OurAirportsBlueprint : SpaceBlueprint
{
    private static readonly WorkbookConfig Workbook = new()
    {
        Name = "OurAirports",
        Labels = ["primary"],
        Sheets = [CountriesSheet.Config, RegionsSheet.Config, NavaidsSheet.Config, RunwaysSheet.Config],
        Settings = new JsonObject { ["trackChanges"] = true },
        Actions =
        [
            new FlatfileAction
            {
                Operation = "submit",
                Mode = "foreground",
                Label = "Submit",
                Description = "Hand the data over once every row is valid.",
                Primary = true,
                Confirm = true,
            },
        ],
    };

    /// <inheritdoc />
    public override string Name => "OurAirports";

    /// <inheritdoc />
    public override IReadOnlyList<WorkbookConfig> Workbooks { get; } = [Workbook];
}
