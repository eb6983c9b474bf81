namespace Flatfile.Api;

/// <summary>The records of a sheet, or of all sheets of one slug.</summary>
public sealed record SheetTotal(string Slug, long Records, long Valid, long Errors);
