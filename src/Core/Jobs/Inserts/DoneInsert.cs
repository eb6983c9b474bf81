namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>An insert whose rows are in.</summary>
/// <param name="Number">Counted over the job.</param>
/// <param name="SheetId">The sheet.</param>
/// <param name="Hash">Of its rows.</param>
/// <param name="Key">The key of idempotency it was sent with.</param>
/// <param name="Attempt">The run that sent it.</param>
/// <param name="IsCovered">True when the handler has saved how far it is since: a later run does not send it again, unless it says so by its key.</param>
internal sealed record DoneInsert(int Number, string SheetId, string Hash, string? Key, int Attempt, bool IsCovered);
