using System.Text.Json.Nodes;

namespace Flatfile.Api;

/// <summary>Spaces and their members.</summary>
public sealed class SpacesClient
{
    private readonly ApiConnection _connection;

    /// <summary>A server looks at an archive before it answers, which for a large one takes longer than other calls.</summary>
    private static readonly TimeSpan ImportTime = TimeSpan.FromMinutes(30);

    internal SpacesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates a space.</summary>
    public Task<Space> CreateAsync(SpaceConfig config, CancellationToken cancellationToken = default) => CreateAsync(config, null, cancellationToken);

    /// <inheritdoc cref="CreateAsync(SpaceConfig, CancellationToken)" />
    public Task<Space> CreateAsync(SpaceConfig config, RequestOptions? options, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"spaces"), JsonBody.Of(config, FlatfileJson.Default.SpaceConfig), options), AnswerJson.Default.EnvelopeSpace, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Space> GetAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"spaces/{spaceId}")), AnswerJson.Default.EnvelopeSpace, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<Space> UpdateAsync(string spaceId, SpaceConfig update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"spaces/{spaceId}"), JsonBody.Of(update, FlatfileJson.Default.SpaceConfig)), AnswerJson.Default.EnvelopeSpace, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"spaces/{spaceId}")), cancellationToken);

    /// <summary>Every space the key may see, or those the query selects. Collect before deleting: pages shift under a deleting reader.</summary>
    public IAsyncEnumerable<Space> ListAsync(SpaceQuery? query = null, CancellationToken cancellationToken = default)
    {
        var selection = query ?? new SpaceQuery();
        return _connection.PagesAsync(page => _connection.At($"spaces{selection.ToQuery(page)}"), AnswerJson.Default.EnvelopeListSpace, item => item.Id, cancellationToken);
    }

    /// <summary>Archives it.</summary>
    public Task ArchiveAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"spaces/{spaceId}/archive")), cancellationToken);

    /// <summary>Brings it back.</summary>
    public Task UnarchiveAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"spaces/{spaceId}/unarchive")), cancellationToken);

    /// <summary>Completes a step of the space's workflow (superset); answers the workflow.</summary>
    public Task<JsonObject> CompleteStepAsync(string spaceId, string stepId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"spaces/{spaceId}/workflow/steps/{stepId}/complete")), AnswerJson.Default.EnvelopeJsonObject, cancellationToken);

    /// <summary>Ends the space's data (superset): records and files go, what describes them stays, nothing can be written any more.</summary>
    public Task<Space> ExpireAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"spaces/{spaceId}/expire")), AnswerJson.Default.EnvelopeSpace, cancellationToken);

    /// <summary>The members.</summary>
    public IAsyncEnumerable<SpaceUser> ListUsersAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"spaces/{spaceId}/users"), AnswerJson.Default.EnvelopeListSpaceUser, cancellationToken);

    /// <summary>Adds a member.</summary>
    public Task<SpaceUser> AddUserAsync(string spaceId, SpaceUser user, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"spaces/{spaceId}/users"), JsonBody.Of(user, FlatfileJson.Default.SpaceUser)), AnswerJson.Default.EnvelopeSpaceUser, cancellationToken);

    /// <summary>Changes a member, for instance the role.</summary>
    public Task<SpaceUser> UpdateUserAsync(string spaceId, string userId, SpaceUserUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"spaces/{spaceId}/users/{userId}"), JsonBody.Of(update, FlatfileJson.Default.SpaceUserUpdate)), AnswerJson.Default.EnvelopeSpaceUser, cancellationToken);

    /// <summary>Removes a member.</summary>
    public Task RemoveUserAsync(string spaceId, string userId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"spaces/{spaceId}/users/{userId}")), cancellationToken);

    /// <summary>Superset: the whole space as one ZIP, read as it comes; disposing the stream ends the call.</summary>
    public Task<Stream> ExportAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.SendForStreamAsync(
            ApiRequest.Get(_connection.At($"spaces/{spaceId}/export"), new RequestOptions { Timeout = ImportTime }), cancellationToken);

    /// <summary>Superset: a new space from such a ZIP. Repeated after a fault only when the stream can seek.</summary>
    /// <param name="archive">From where the stream stands; stays open.</param>
    /// <param name="name">The new space's name; that of the old one unless given.</param>
    /// <param name="progress">Told how many bytes were sent.</param>
    /// <param name="options">The idempotency key, the time one attempt may take.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public Task<Space> ImportAsync(
        Stream archive, string? name = null, IProgress<long>? progress = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var source = new UploadSource(archive);
        var request = ApiRequest.Upload(
            _connection.At($"spaces/import{new ApiQuery().Add("name", name)}"),
            limit => new StreamBody(source, "application/zip", limit, progress),
            (options ?? new RequestOptions()) with { Timeout = options?.Timeout ?? ImportTime },
            () => source.CanStartAgain);
        return _connection.DataAsync(request, AnswerJson.Default.EnvelopeSpace, cancellationToken);
    }

    /// <summary>Superset: what a space uses, and its limits.</summary>
    public Task<SpaceUsage> GetUsageAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"spaces/{spaceId}/usage")), AnswerJson.Default.EnvelopeSpaceUsage, cancellationToken);

    /// <summary>Superset: what happened in a space, in numbers.</summary>
    public Task<SpaceMetrics> GetMetricsAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"spaces/{spaceId}/metrics")), AnswerJson.Default.EnvelopeSpaceMetrics, cancellationToken);
}
