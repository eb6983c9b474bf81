using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Ledger;

/// <summary>What became of the rows of one table.</summary>
/// <param name="Source">The table.</param>
/// <param name="SheetId">The sheet its rows go to.</param>
internal sealed record LedgerTable(ITable Source, string SheetId)
{
    /// <summary>Its rows.</summary>
    public RowTally Tally { get; } = new();
}
