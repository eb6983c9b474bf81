namespace Flatfile.Api;

/// <summary>Where a record stands in a selection, counted from 0.</summary>
public sealed record RecordIndex(string Id, long Index);
