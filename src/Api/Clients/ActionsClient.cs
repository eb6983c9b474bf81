namespace Flatfile.Api;

/// <summary>Actions of their own.</summary>
public sealed class ActionsClient
{
    private readonly ApiConnection _connection;

    internal ActionsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an action in a space.</summary>
    public Task<ApiAction> CreateAsync(string spaceId, ApiActionConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"actions{new ApiQuery().Add("spaceId", spaceId)}"), JsonBody.Of(config, FlatfileJson.Default.ApiActionConfig)), AnswerJson.Default.EnvelopeApiAction, cancellationToken);

    /// <summary>Creates several, all or none.</summary>
    public Task<List<ApiAction>> CreateAsync(string spaceId, List<ApiActionConfig> configs, CancellationToken cancellationToken = default) =>
        _connection.BareAsync(
            ApiRequest.Post(_connection.At($"actions/bulk{new ApiQuery().Add("spaceId", spaceId)}"), JsonBody.Of(configs, FlatfileJson.Default.ListApiActionConfig)), FlatfileJson.Default.ListApiAction, cancellationToken);

    /// <summary>All of a space.</summary>
    public Task<List<ApiAction>> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.BareAsync(ApiRequest.Get(_connection.At($"actions{new ApiQuery().Add("spaceId", spaceId)}")), FlatfileJson.Default.ListApiAction, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<ApiAction> GetAsync(string actionId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"actions/{actionId}")), AnswerJson.Default.EnvelopeApiAction, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<ApiAction> UpdateAsync(string actionId, ActionUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"actions/{actionId}"), JsonBody.Of(update, FlatfileJson.Default.ActionUpdate)), AnswerJson.Default.EnvelopeApiAction, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string actionId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"actions/{actionId}")), cancellationToken);
}
