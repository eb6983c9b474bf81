namespace Flatfile.Agent.Handlers.Export;

/// <summary>A message on a cell of an exported row.</summary>
/// <param name="Column">The cell's column, 0 for the first.</param>
/// <param name="Level"><c>error</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Text">What a person reads.</param>
internal sealed record ExportMessage(int Column, string Level, string Text);
