namespace Flatfile.Spaces.Records;

/// <summary>Walks rows in order of id and lets each be changed: SQLite gives no promise about a table written while it is read.</summary>
internal static class RowBatches
{
    /// <param name="select">Yields (id, truth) for ids above its first parameter, in order, at most <paramref name="size"/>.</param>
    /// <param name="size">The statement's limit.</param>
    /// <param name="change">Called for each row when nothing is being read.</param>
    public static void Each(Statement select, int size, Action<long, bool> change)
    {
        var batch = new List<(long Row, bool State)>();
        var last = 0L;
        do
        {
            batch.Clear();
            select.Bind(1, last);
            while (select.Step())
            {
                batch.Add((select.Long(0), select.Long(1) != 0));
            }

            select.Reset();
            foreach (var (row, state) in batch)
            {
                change(row, state);
                last = row;
            }
        }
        while (batch.Count == size);
    }
}
