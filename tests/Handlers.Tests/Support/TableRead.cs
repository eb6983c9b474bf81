using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A table read to its end, small enough to look at.</summary>
internal sealed class TableRead(string name, IReadOnlyList<string> labels)
{
    public string Name => name;

    public IReadOnlyList<string> Labels => labels;

    public List<string[]> Rows { get; } = [];

    public List<CellKind[]> Kinds { get; } = [];

    public List<long> Numbers { get; } = [];

    public List<string> Originals { get; } = [];

    public List<string> Refused { get; } = [];

    public List<string> Remarks { get; } = [];

    public IReadOnlyList<ReadDecision> Decisions { get; private set; } = [];

    public async Task FillAsync(ITable table)
    {
        try
        {
            while (await table.ReadAsync(CancellationToken.None))
            {
                Originals.Add(table.Original.ToString());
                if (table.Refusal is { } reason)
                {
                    Refused.Add(reason);
                    continue;
                }

                Add(table);
            }
        }
        finally
        {
            Decisions = [.. table.Decisions];
        }
    }

    private void Add(ITable table)
    {
        var row = new string[labels.Count];
        var kinds = new CellKind[labels.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = table.Cell(i).ToString();
            kinds[i] = table.Kind(i);
            if (table.Remark(i) is { } remark)
            {
                Remarks.Add($"{table.Row}/{labels[i]}: {remark}");
            }
        }

        Rows.Add(row);
        Kinds.Add(kinds);
        Numbers.Add(table.Row);
    }
}
