namespace Flatfile.Spaces.Records;

/// <summary>The shadow columns of one row, made from the key texts of its cells.</summary>
internal sealed class RowKeys
{
    private readonly string?[] _texts;

    public RowKeys(SheetSchema schema)
    {
        _texts = new string?[schema.Fields.Count];
        Shadows = [.. schema.Keys.Where(key => key.IsShadow)];
        Fields = [.. schema.Fields.Where(field => field.NeedsKeyText)];
    }

    public IReadOnlyList<KeyColumn> Shadows { get; }

    /// <summary>The fields whose cells must be set.</summary>
    public IReadOnlyList<SheetField> Fields { get; }

    public void Clear() => Array.Clear(_texts);

    public void Set(SheetField field, CellData cell) => _texts[field.Position] = field.KeyText(cell);

    public string? Of(KeyColumn key) => key.Of(_texts);
}
