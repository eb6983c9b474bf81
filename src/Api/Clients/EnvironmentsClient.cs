namespace Flatfile.Api;

/// <summary>Environments.</summary>
public sealed class EnvironmentsClient
{
    private readonly ApiConnection _connection;

    internal EnvironmentsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an environment.</summary>
    public Task<FlatfileEnvironment> CreateAsync(EnvironmentConfig config, CancellationToken cancellationToken = default) => CreateAsync(config, null, cancellationToken);

    /// <inheritdoc cref="CreateAsync(EnvironmentConfig, CancellationToken)" />
    public Task<FlatfileEnvironment> CreateAsync(EnvironmentConfig config, RequestOptions? options, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"environments"), JsonBody.Of(config, FlatfileJson.Default.EnvironmentConfig), options), AnswerJson.Default.EnvelopeFlatfileEnvironment, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<FlatfileEnvironment> GetAsync(string environmentId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"environments/{environmentId}")), AnswerJson.Default.EnvelopeFlatfileEnvironment, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<FlatfileEnvironment> UpdateAsync(string environmentId, EnvironmentConfig update, CancellationToken cancellationToken = default) =>
        _connection.BareAsync(
            ApiRequest.Patch(_connection.At($"environments/{environmentId}"), JsonBody.Of(update, FlatfileJson.Default.EnvironmentConfig)), FlatfileJson.Default.FlatfileEnvironment, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string environmentId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"environments/{environmentId}")), cancellationToken);

    /// <summary>Every environment the key may see.</summary>
    public IAsyncEnumerable<FlatfileEnvironment> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.PagesAsync(
            page => _connection.At($"environments{new ApiQuery().Add("pageSize", 100).Add("pageNumber", page)}"), AnswerJson.Default.EnvelopeListFlatfileEnvironment, item => item.Id, cancellationToken);
}
