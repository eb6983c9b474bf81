namespace Flatfile.Spaces.Records;

/// <summary>A column in which a selection looks for one value, so that an index of it would find the rows.</summary>
/// <param name="Column">The number of the column.</param>
/// <param name="AsNumber">Whether its cells are compared as numbers, not as they lie.</param>
internal readonly record struct SoughtColumn(int Column, bool AsNumber);
