namespace Flatfile.Agent.Core.Store;

/// <summary>The agent's store, for programs that look into it while no agent runs.</summary>
public sealed class AgentStore
{
    private readonly AgentDatabase _database;

    internal AgentStore(AgentDatabase database) => _database = database;

    /// <summary>For people.</summary>
    public string Name => _database.Kind;

    /// <summary>True when several agents work on it at once; else only one process may open it.</summary>
    public bool IsShared => _database.IsShared;

    /// <summary>Opens it, with the tables made where they are missing. The service provider closes it.</summary>
    /// <exception cref="Startup.AgentStartException">It cannot be used.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _database.OpenAsync(cancellationToken);
}
