namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>A row and its key, as they stand in a spool.</summary>
/// <param name="Key">What is compared.</param>
/// <param name="Number">The row's place in the sheet, from 1.</param>
/// <param name="Id">The record's id.</param>
internal readonly record struct KeyedRow(string Key, long Number, string Id);
