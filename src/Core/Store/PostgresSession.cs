namespace Flatfile.Agent.Core.Store;

/// <summary>What each session of the agent asks of a PostgreSQL server when it begins.</summary>
public static class PostgresSession
{
    /// <summary>
    /// An agent that stands still in the middle of a transaction (a paused machine, a suspended process) holds its locks, and every other agent waits for them:
    /// after 5 s without a statement the server ends the session and the transaction with it.
    /// </summary>
    private const string HeldLocks = "-c idle_in_transaction_session_timeout=5000";

    /// <summary>The start parameters of the server, before those of the person, which win.</summary>
    public static string Options(string? written) => string.IsNullOrWhiteSpace(written) ? HeldLocks : $"{HeldLocks} {written}";
}
