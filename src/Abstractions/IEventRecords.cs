namespace Flatfile.Agent;

/// <summary>The rows behind an event's <c>dataUrl</c>, read in pages and written back as the official <c>event.update</c> does.</summary>
public interface IEventRecords
{
    /// <summary>False when the event carries no row data; reading then yields nothing.</summary>
    bool Available { get; }

    /// <summary>Reads the rows page by page; a page is at most 10,000 rows and only one is in memory.</summary>
    IAsyncEnumerable<IReadOnlyList<FlatfileRecord>> ReadPagesAsync(CancellationToken cancellationToken);

    /// <summary>Writes back the rows whose <see cref="FlatfileRecord.IsModified"/> is true; does nothing when there are none.</summary>
    /// <returns>The number of rows written.</returns>
    Task<int> UpdateAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// Writes an error on rows that could not be checked, beside the commit: it is not answered and stays open. Values stay; the messages of earlier
    /// checks on the cell that carries it, the first of the row, give way to it. The next write-back that finds the row without it takes it away.
    /// </summary>
    /// <param name="records">The rows; an empty list does nothing.</param>
    /// <param name="message">What a person reads.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task MarkAsync(IReadOnlyList<FlatfileRecord> records, string message, CancellationToken cancellationToken);

    /// <summary>
    /// Completes the commit when the workbook tracks changes and nothing was written back. An event that speaks of one page of a commit answers for
    /// that page alone: the commit is complete with the last of them.
    /// </summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
