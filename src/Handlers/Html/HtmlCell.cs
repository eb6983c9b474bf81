namespace Flatfile.Agent.Handlers.Html;

/// <summary>A cell of a row, at its first column.</summary>
/// <param name="Column">The first is 0.</param>
/// <param name="Span">How many columns it covers.</param>
/// <param name="IsHeader">It is a <c>th</c>.</param>
/// <param name="Text">As a browser shows it, lines divided by line feeds.</param>
internal sealed record HtmlCell(int Column, int Span, bool IsHeader, string Text);
