namespace Flatfile.Agent.Handlers.Html;

/// <summary>A row of a table.</summary>
/// <param name="Table">The table's number in the file; the first is 0.</param>
/// <param name="Number">Its number in the table; the first is 1.</param>
/// <param name="IsInHead">It stands in a <c>thead</c>.</param>
/// <param name="Caption">The table's caption, which stands above its rows; empty when it has none.</param>
/// <param name="Cells">From left to right; columns covered from above have none.</param>
internal sealed record HtmlRow(int Table, long Number, bool IsInHead, string Caption, IReadOnlyList<HtmlCell> Cells)
{
    public bool IsBlank => Cells.All(c => c.Text.Length == 0);

    /// <summary>Columns up to the last one covered.</summary>
    public int Width => Cells.Count == 0 ? 0 : Cells[^1].Column + Cells[^1].Span;

    /// <summary>It names columns: it stands in the head, or all of its cells are header cells.</summary>
    public bool IsHeader => Cells.Count > 0 && (IsInHead || Cells.All(c => c.IsHeader || c.Text.Length == 0) && Cells.Any(c => c.IsHeader));
}
