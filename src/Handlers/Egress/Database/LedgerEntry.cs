namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>How far the rows of a sheet are in the database; stands in it, in the transaction of the rows themselves.</summary>
/// <param name="Place">How far the sheet was gone through.</param>
/// <param name="Written">Rows in the table.</param>
/// <param name="Refused">Rows that could not be written.</param>
/// <param name="IsDone">True behind the last row.</param>
internal sealed record LedgerEntry(PagePlace Place, long Written, long Refused, bool IsDone)
{
    public static LedgerEntry Start { get; } = new(PagePlace.Start, 0, 0, false);
}
