namespace Flatfile.Agent.Core.Startup;

/// <summary>Where the agent keeps what it must still know after it died, section <c>Agent:Store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary><c>Sqlite</c>: a file in the data folder, for one agent. <c>PostgreSql</c>: a database that several agents share.</summary>
    public string Kind { get; set; } = "Sqlite";

    /// <summary>For PostgreSql: <c>Host=...;Database=...;Username=...;Password=...</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>For PostgreSql: the schema that holds the tables; made when it is missing.</summary>
    public string Schema { get; set; } = "flatfile_agent";

    /// <summary>How long a read or write waits for a store that is away before it fails.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);
}
