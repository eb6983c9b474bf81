namespace Flatfile.Agent;

/// <summary>A <see cref="RecordHook"/> whose rows are objects of a class. Override <see cref="Check"/> for one row at a time, <see cref="CheckAsync"/> for a batch.</summary>
/// <typeparam name="T">The class of the sheet's rows: partial, with <see cref="SheetAttribute"/>.</typeparam>
public abstract class RecordHook<T> : RecordHook
    where T : class, ISheetRecord<T>
{
    /// <inheritdoc />
    public override string SheetSlug => T.SheetSlug;

    /// <inheritdoc />
    public sealed override async Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
    {
        var rows = new RecordRow<T>[records.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new RecordRow<T>(records[i]);
        }

        await CheckAsync(rows, context, cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.WriteChanges();
        }
    }

    /// <summary>Looks at one batch; for look-ups that are asked for many rows at once. An exception counts for the whole batch.</summary>
    /// <param name="rows">At most <see cref="RecordHook.BatchSize"/> rows.</param>
    /// <param name="context">The event.</param>
    /// <param name="cancellationToken">Ends it.</param>
    protected virtual Task CheckAsync(IReadOnlyList<RecordRow<T>> rows, EventContext context, CancellationToken cancellationToken)
    {
        var (failed, first) = (new List<FlatfileRecord>(), default(Exception));
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Check(row);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                failed.Add(row.Record);
                first ??= fault;
            }
        }

        return first is null ? Task.CompletedTask : throw new RowsFailedException(failed, first);
    }

    /// <summary>Looks at one row. An exception counts for this row alone.</summary>
    protected virtual void Check(RecordRow<T> row)
    {
    }
}
