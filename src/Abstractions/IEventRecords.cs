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

    /// <summary>Completes the commit when the workbook tracks changes and nothing was written back.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
