namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>An insert of rows whose outcome is not known yet: stored before it is sent.</summary>
/// <param name="Number">Counted over the job, 1 for its first insert.</param>
/// <param name="SheetId">The sheet.</param>
/// <param name="Hash">SHA-256 of the rows as JSON, in hex.</param>
/// <param name="Key">The key of idempotency it is sent with.</param>
/// <param name="Rows">How many.</param>
/// <param name="Before">The rows of the sheet before it.</param>
internal sealed record InsertIntent(int Number, string SheetId, string Hash, string? Key, int Rows, long Before);
