namespace Flatfile.Spaces.Records;

/// <summary>The cells of one row that get a new content, in order of their fields.</summary>
internal sealed class CellChanges
{
    private readonly List<CellChange> _changes = [];

    public int Count => _changes.Count;

    public List<CellChange>.Enumerator GetEnumerator() => _changes.GetEnumerator();

    public void Clear() => _changes.Clear();

    public void Remove(SheetField field) => _changes.RemoveAll(change => change.Field == field);

    public void Add(SheetField field, CellData cell)
    {
        var index = _changes.Count;
        while (index > 0 && _changes[index - 1].Field.Position > field.Position)
        {
            index--;
        }

        _changes.Insert(index, new CellChange(field, cell.Kind, cell.Integer, cell.Bytes.ToArray()));
    }

    public CellChange? Find(SheetField field) => _changes.Find(change => change.Field == field);

    /// <summary>Which fields, as a name for the statement that writes them.</summary>
    public string Shape() => string.Join(',', _changes.Select(change => change.Field.Column));
}
