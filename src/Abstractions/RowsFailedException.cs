namespace Flatfile.Agent;

/// <summary>A record hook could not look at some rows of its batch. Thrown by a hook that knows which; any other exception counts for the whole batch.</summary>
public sealed class RowsFailedException : Exception
{
    /// <summary>A failure of some rows.</summary>
    /// <param name="records">The rows that were not checked.</param>
    /// <param name="fault">Why; the first reason when there are several.</param>
    public RowsFailedException(IReadOnlyList<FlatfileRecord> records, Exception fault)
        : base($"{records.Count} rows could not be checked: {fault.Message}", fault) => Records = records;

    /// <summary>The rows that were not checked.</summary>
    public IReadOnlyList<FlatfileRecord> Records { get; }
}
