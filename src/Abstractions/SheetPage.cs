namespace Flatfile.Agent;

/// <summary>One page of a sheet's rows.</summary>
/// <param name="Number">1 for the first page of the selection.</param>
/// <param name="Before">Rows on the pages before it that were handled, by earlier runs too.</param>
/// <param name="Records">The rows, in the order of the sheet.</param>
/// <param name="WriteKey">The same whenever the page is handled: given as the key of idempotency it makes a repeated write harmless.</param>
public sealed record SheetPage(int Number, long Before, IReadOnlyList<FlatfileRecord> Records, string WriteKey);
