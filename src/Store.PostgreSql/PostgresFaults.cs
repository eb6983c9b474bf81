using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Npgsql;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>What an exception of the database means for what was asked.</summary>
internal static class PostgresFaults
{
    private const string ReadOnly = PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>Two transactions were in each other's way, and the server has rolled this one back: it may run again at once.</summary>
    public static bool IsClash(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>The server does not answer, has no place, no space or takes no writes, for now.</summary>
    public static bool IsAway(Exception fault) => fault switch
    {
        PostgresException told => told.SqlState is ReadOnly or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or "25P03"
            || told.SqlState.StartsWith("08", StringComparison.Ordinal)
            || told.SqlState.StartsWith("53", StringComparison.Ordinal)
            || told.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || told.SqlState.StartsWith("58", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    /// <summary>The server said that the transaction is rolled back; anything else leaves the outcome of a commit open.</summary>
    public static bool IsSurelyRolledBack(Exception fault) =>
        fault is PostgresException told && (IsClash(told) || told.SqlState.StartsWith("23", StringComparison.Ordinal));

    public static StoreAwayException Away(Exception fault, PostgresSettings settings) =>
        new($"The agent's store does not answer: {settings.Place}: {Said(fault)} See that PostgreSQL runs, can be reached from here and takes writes.", fault);

    /// <summary>A fault that stays until a person does something; null for one that may pass.</summary>
    public static AgentStartException? Lasting(Exception fault, PostgresSettings settings)
    {
        var (what, toDo) = (fault as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                ("refuses the agent", "Correct Username and Password in Agent:Store:ConnectionString, or the server's pg_hba.conf."),
            PostgresErrorCodes.InvalidCatalogName =>
                ("is not there", "Make it by CREATE DATABASE, or correct Database in Agent:Store:ConnectionString."),
            PostgresErrorCodes.InsufficientPrivilege =>
                ("gives the agent too few rights", $"Make the schema for it by CREATE SCHEMA {settings.Schema} AUTHORIZATION the user, or GRANT CREATE ON DATABASE to it."),
            _ => (null, null),
        };
        return what is null ? null : new AgentStartException([$"The agent's store {what}: {settings.Place}: {Said(fault)} {toDo}"]);
    }

    /// <summary>The server's own sentence, which holds no values.</summary>
    public static string Said(Exception fault)
    {
        var said = fault is PostgresException told ? $"{told.MessageText} ({told.SqlState})" : (fault.InnerException ?? fault).Message;
        return said.EndsWith('.') ? said : said + ".";
    }
}
