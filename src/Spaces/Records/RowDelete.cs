namespace Flatfile.Spaces.Records;

/// <summary>Takes stored rows out of a sheet, one at a time.</summary>
internal sealed class RowDelete(SheetChange change) : IDisposable
{
    private readonly Statement _select = new(change.Connection, $"SELECT bad FROM {change.Schema.Table} WHERE id = ?");
    private readonly Statement _delete = new(change.Connection, $"DELETE FROM {change.Schema.Table} WHERE id = ?");

    /// <summary>Deletes a row; false when it is none of the sheet's.</summary>
    public bool Run(string id)
    {
        if (!RecordId.TryParse(id, change.Schema.Number, out var row))
        {
            return false;
        }

        _select.Bind(1, row);
        var isThere = _select.Step();
        var wasBad = isThere && !_select.IsNull(0);
        _select.Reset();
        if (!isThere)
        {
            return false;
        }

        change.Dirty?.MarkBeforeDelete(row);
        foreach (var table in change.Elements)
        {
            table.Delete(row);
        }

        _delete.Bind(1, row);
        _delete.Run();
        change.Tally.Add(change.Schema.Number, row, -1, wasBad ? -1 : 0);
        return true;
    }

    public void Dispose()
    {
        _select.Dispose();
        _delete.Dispose();
    }
}
