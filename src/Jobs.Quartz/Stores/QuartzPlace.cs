using System.Text.RegularExpressions;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary>Which store the settings mean, and what is wrong with them. No password leaves it but to the server.</summary>
internal sealed partial class QuartzPlace(IOptions<AgentOptions> agent, IOptions<QuartzOptions> quartz)
{
    private const string Sqlite = "Sqlite";
    private const string PostgreSql = "PostgreSql";

    // Beside a connection for each run there are the scheduler, its check-ins, its misfires and those who enqueue.
    private const int OtherConnections = 6;

    private string Kind => quartz.Value.Kind is { Length: > 0 } kind ? kind : agent.Value.Store.Kind;

    private string? ConnectionString => quartz.Value.ConnectionString is { Length: > 0 } own ? own : agent.Value.Store.ConnectionString;

    private string Schema => quartz.Value.Schema is { Length: > 0 } own ? own : agent.Value.Store.Schema + "_quartz";

    public IQuartzStore Store(ILogger log) => Is(Kind, PostgreSql)
        ? new PostgresStore(ConnectionString!, Schema, agent.Value.MaxConcurrentJobs + OtherConnections)
        : new SqliteStore(agent.Value.DataFolder, log);

    public IEnumerable<string> Faults()
    {
        if (Is(Kind, Sqlite))
        {
            yield break;
        }

        if (!Is(Kind, PostgreSql))
        {
            // A wrong Agent:Store:Kind is told where the store is looked at.
            if (quartz.Value.Kind.Length > 0)
            {
                yield return $"Agent:Quartz:Kind is '{Kind}'. Set it to Sqlite, or to PostgreSql for a cluster; empty, it follows Agent:Store:Kind.";
            }

            yield break;
        }

        if (!Is(agent.Value.Store.Kind, PostgreSql))
        {
            yield return "Agent:Quartz:Kind is PostgreSql and Agent:Store:Kind is not: agents would be given each other's tickets and could not find them. "
                + "Set Agent:Store:Kind to PostgreSql too, or Agent:Quartz:Kind to Sqlite.";
        }

        if (quartz.Value.ConnectionString is { Length: > 0 } own && !IsAddress(own))
        {
            yield return "Agent:Quartz:ConnectionString is no connection string with Host and Username. Write it as Host=db.example.com;Database=agent;Username=agent;Password=..., or leave it out to use that of Agent:Store.";
        }

        if (quartz.Value.Schema.Length > 0 && !SchemaName().IsMatch(quartz.Value.Schema))
        {
            yield return $"Agent:Quartz:Schema is '{quartz.Value.Schema}'. Use small letters, digits and _, beginning with a letter, at most 60 of them.";
        }
    }

    private static bool IsAddress(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Username.Length: > 0 };
        }
        catch (ArgumentException)
        {
            // Its message may hold a piece of the password.
            return false;
        }
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$")]
    private static partial Regex SchemaName();
}
