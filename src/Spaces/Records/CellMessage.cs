namespace Flatfile.Spaces.Records;

/// <summary>One message of a cell that the server found itself.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Source">Which rule found it.</param>
/// <param name="Text">What is said.</param>
/// <param name="Place">Which element of a list it is about, where it is about one.</param>
internal readonly record struct CellMessage(string Level, string Source, string Text, string? Place);
