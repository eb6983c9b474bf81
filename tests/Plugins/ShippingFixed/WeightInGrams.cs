using System.Globalization;
using Flatfile.Agent;

namespace Shipping;

/// <summary>Turns kilograms into grams, and tells the person of weights that are no numbers.</summary>
public sealed class WeightInGrams : RecordHook
{
    public override string SheetSlug => "parcels";

    public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            if (decimal.TryParse(record.GetText("kilograms"), CultureInfo.InvariantCulture, out var kilograms))
            {
                record.Set("grams", (kilograms * 1000).ToString("0", CultureInfo.InvariantCulture));
            }
            else
            {
                record.AddError("kilograms", $"'{record.GetText("kilograms")}' is no weight: write a number.");
            }
        }

        return Task.CompletedTask;
    }
}
