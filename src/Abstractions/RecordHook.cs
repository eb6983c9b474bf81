namespace Flatfile.Agent;

/// <summary>Checks and changes the rows of one sheet whenever they are written. A plugin contributes one by deriving from this class.</summary>
/// <remarks>
/// All hooks of a sheet see the same rows, in plugin order, and one write-back follows. Before the hooks run, the messages
/// earlier runs wrote are cleared; a row that ends as it began is not written. A hook that throws marks the rows of its batch with an error, or those
/// a <see cref="RowsFailedException"/> names; nothing of the page is written back, the commit stays open, and the event is tried again.
/// </remarks>
public abstract class RecordHook
{
    /// <summary>The sheet's slug; a glob, <c>**</c> for every sheet.</summary>
    public abstract string SheetSlug { get; }

    /// <summary>Rows handed over at once.</summary>
    public virtual int BatchSize => 10_000;

    /// <summary>Looks at one batch. Change rows by <see cref="FlatfileRecord.Set(string, string?)"/> and the message methods.</summary>
    public abstract Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken);
}
