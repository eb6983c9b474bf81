using System.Text.RegularExpressions;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>The database the settings mean, and what is wrong with them. No password leaves it but to the server.</summary>
internal sealed partial class HangfirePlace(IOptions<AgentOptions> agent, IOptions<HangfireOptions> hangfire)
{
    // Beside a connection for each worker there are Hangfire's own processes, the dashboard, and those who enqueue.
    private const int OtherConnections = 14;

    public string Schema => hangfire.Value.Schema is { Length: > 0 } own ? own : agent.Value.Store.Schema + "_hangfire";

    /// <summary>With a pool of its own.</summary>
    public string ConnectionString
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(Written)
            {
                Enlist = false,
                Pooling = true,
                MaxPoolSize = agent.Value.MaxConcurrentJobs + OtherConnections,
                ApplicationName = "flatfile-agent hangfire",
                MaxAutoPrepare = 50,
                AutoPrepareMinUsages = 2,
            };
            settings.Options = PostgresSession.Options(settings.Options);
            return settings.ConnectionString;
        }
    }

    private string? Written => hangfire.Value.ConnectionString is { Length: > 0 } own ? own : agent.Value.Store.ConnectionString;

    public IEnumerable<string> Faults()
    {
        if (!string.Equals(agent.Value.Store.Kind, "PostgreSql", StringComparison.OrdinalIgnoreCase))
        {
            yield return "Agent:Engine is Hangfire and Agent:Store:Kind is not PostgreSql: agents would be given each other's tickets and could not find them. "
                + "Set Agent:Store:Kind to PostgreSql and Agent:Store:ConnectionString, or Agent:Engine to Quartz.";
        }

        if (hangfire.Value.ConnectionString is { Length: > 0 } own && !IsAddress(own))
        {
            yield return "Agent:Hangfire:ConnectionString is no connection string with Host and Username. Write it as Host=db.example.com;Database=agent;Username=agent;Password=..., or leave it out to use that of Agent:Store.";
        }

        if (hangfire.Value.Schema.Length > 0 && !SchemaName().IsMatch(hangfire.Value.Schema))
        {
            yield return $"Agent:Hangfire:Schema is '{hangfire.Value.Schema}'. Use small letters, digits and _, beginning with a letter, at most 60 of them.";
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

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$")]
    private static partial Regex SchemaName();
}
