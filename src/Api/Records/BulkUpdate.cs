namespace Flatfile.Api;

/// <summary>The cells every row of a selection gets.</summary>
public sealed record BulkUpdate(IReadOnlyDictionary<string, CellValue> FieldUpdates);
