namespace Flatfile.Spaces.Records;

/// <summary>A cell's new content, kept until its row is written.</summary>
internal sealed class CellChange(SheetField changed, CellKind kind, long integer, byte[] bytes)
{
    public SheetField Field => changed;

    public CellData Data => kind switch
    {
        CellKind.Integer => CellData.OfInteger(integer),
        CellKind.Text => CellData.OfText(bytes),
        CellKind.Json => CellData.OfJson(bytes),
        _ => default,
    };
}
