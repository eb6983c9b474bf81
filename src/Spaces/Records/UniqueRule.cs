namespace Flatfile.Spaces.Records;

/// <summary>No two rows may have the same key; those that do carry the flag on every one of the columns.</summary>
internal sealed record UniqueRule(KeyColumn Key, string Flag, IReadOnlyList<int> Columns, ConstraintMessage Message);
