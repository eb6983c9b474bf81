using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>Every value of a field must stand in a field of another sheet. Asked for in batches, each value once.</summary>
/// <param name="field">The field whose values are looked up.</param>
/// <param name="present">Finds those of the values that are there.</param>
/// <param name="message">What stands on a row whose value is not.</param>
internal sealed class ReferenceRule(string field, RecordLookup<string, bool> present, RuleMessage message) : SheetRule
{
    /// <summary>Longer values do not fit into the address of a look-up.</summary>
    public const int LongestValue = 500;

    public override async Task CheckAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken)
    {
        var wanted = records.SelectMany(ValuesOf).Where(value => value.Length <= LongestValue).Distinct(StringComparer.Ordinal);
        var found = await present.LookupAsync(wanted, cancellationToken);
        foreach (var record in records)
        {
            if (ValuesOf(record).Any(value => !found.ContainsKey(value)))
            {
                message.WriteOn(record);
            }
        }
    }

    private IEnumerable<string> ValuesOf(FlatfileRecord record) => record.Get(field) switch
    {
        null => [],
        JsonArray list => list.Select(item => item?.ToString() ?? "").Where(text => text.Length > 0),
        _ => record.GetText(field) is { Length: > 0 } text ? [text] : [],
    };
}
