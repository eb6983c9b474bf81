using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

/// <summary>A sheet read to its end.</summary>
internal sealed record ReadSheet(
    string Name, IReadOnlyList<string> Labels, IReadOnlyList<ReadCell[]> Rows, IReadOnlyList<long> Numbers,
    IReadOnlyList<string> Refused, IReadOnlyList<string> Originals, IReadOnlyList<ReadDecision> Decisions)
{
    /// <summary>The texts of all rows, each row's joined by <c>|</c>.</summary>
    public IEnumerable<string> Lines => Rows.Select(r => string.Join('|', r.Select(c => c.Text)));

    public static async Task<ReadSheet> FromAsync(ITable table)
    {
        var (rows, numbers, refused, originals) = (new List<ReadCell[]>(), new List<long>(), new List<string>(), new List<string>());
        while (await table.ReadAsync(CancellationToken.None))
        {
            if (table.Refusal is { } reason)
            {
                refused.Add(reason);
                originals.Add(table.Original.ToString());
                continue;
            }

            rows.Add([.. Enumerable.Range(0, table.Labels.Count).Select(i => new ReadCell(table.Cell(i).ToString(), table.Kind(i), table.Remark(i)))]);
            numbers.Add(table.Row);
        }

        return new ReadSheet(table.Name, table.Labels, rows, numbers, refused, originals, table.Decisions);
    }
}
