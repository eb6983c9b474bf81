namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>A row that goes, and the one that stays for it.</summary>
/// <param name="Stays">The id of the row that stays.</param>
/// <param name="StaysNumber">Its place in the sheet, from 1.</param>
/// <param name="Goes">The id of the row that goes.</param>
/// <param name="GoesNumber">Its place in the sheet, from 1.</param>
internal readonly record struct DuplicatePair(string Stays, long StaysNumber, string Goes, long GoesNumber);
