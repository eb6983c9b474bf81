namespace Flatfile.Api;

/// <summary>Deployed agents.</summary>
public sealed class AgentsClient
{
    private readonly ApiConnection _connection;

    internal AgentsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Deploys an agent, over the one of the same slug.</summary>
    public Task<Agent> CreateAsync(string environmentId, AgentConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"agents{new ApiQuery().Add("environmentId", environmentId)}"), JsonBody.Of(config, FlatfileJson.Default.AgentConfig)), AnswerJson.Default.EnvelopeAgent, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Agent> GetAsync(string agentId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"agents/{agentId}")), AnswerJson.Default.EnvelopeAgent, cancellationToken);

    /// <summary>The agents of an environment.</summary>
    public IAsyncEnumerable<Agent> ListAsync(string environmentId, bool? isSystem = null, string? search = null, CancellationToken cancellationToken = default) =>
        _connection.PagesAsync(
            page => _connection.At($"agents{new ApiQuery().Add("environmentId", environmentId).Add("isSystem", isSystem).Add("search", search).Add("pageSize", 100).Add("pageNumber", page)}"),
            AnswerJson.Default.EnvelopeListAgent, item => item.Id, cancellationToken);

    /// <summary>Every state an agent was deployed in.</summary>
    public IAsyncEnumerable<AgentVersion> ListVersionsAsync(string agentId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"agents/{agentId}/versions"), AnswerJson.Default.EnvelopeListAgentVersion, cancellationToken);

    /// <summary>Makes the agent what an earlier version was. Repeated after a lost answer it makes one more version of the same state.</summary>
    public Task<AgentVersion> RevertAsync(string agentId, string agentVersionId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"agents/{agentId}/versions/{agentVersionId}/revert")), AnswerJson.Default.EnvelopeAgentVersion, cancellationToken);

    /// <summary>Runs of an agent.</summary>
    public IAsyncEnumerable<AgentLog> ListLogsAsync(string agentId, string environmentId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"agents/{agentId}/logs{new ApiQuery().Add("environmentId", environmentId)}"), AnswerJson.Default.EnvelopeListAgentLog, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string agentId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"agents/{agentId}")), cancellationToken);
}
