using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Host.Reading;

/// <summary>What came of one table.</summary>
internal sealed class ReadTableReport(ITable table)
{
    private const int MaxReasons = 20;
    private const int MaxRows = 10;

    private readonly List<string> _refused = [];
    private readonly List<IReadOnlyList<string>> _first = [];

    public string Name { get; } = table.Name;

    public IReadOnlyList<string> Labels { get; } = table.Labels;

    public IReadOnlyList<ReadDecision> Decisions => table.Decisions;

    public long RowsRead { get; private set; }

    public long RowsRefused { get; private set; }

    /// <summary>The first reasons.</summary>
    public IReadOnlyList<string> Refused => _refused;

    /// <summary>The first rows that can be taken.</summary>
    public IReadOnlyList<IReadOnlyList<string>> First => _first;

    /// <summary>Takes account of the current row.</summary>
    public void Count()
    {
        RowsRead++;
        if (table.Refusal is { } reason)
        {
            RowsRefused++;
            if (_refused.Count < MaxReasons)
            {
                _refused.Add(reason);
            }
        }
        else if (_first.Count < MaxRows)
        {
            var cells = new string[Labels.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = table.Cell(i).ToString();
            }

            _first.Add(cells);
        }
    }
}
