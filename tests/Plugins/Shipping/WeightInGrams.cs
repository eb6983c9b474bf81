using System.Globalization;
using Flatfile.Agent;

namespace Shipping;

/// <summary>Turns kilograms into grams. It believes that every weight is a number.</summary>
public sealed class WeightInGrams : RecordHook
{
    public override string SheetSlug => "parcels";

    public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            var kilograms = decimal.Parse(record.GetText("kilograms")!, CultureInfo.InvariantCulture);
            record.Set("grams", (kilograms * 1000).ToString("0", CultureInfo.InvariantCulture));
        }

        return Task.CompletedTask;
    }
}
