using System.Text.Json.Nodes;

namespace Flatfile.Api;

/// <summary>Spaces and their members.</summary>
public sealed class SpacesClient
{
    private readonly ApiConnection _connection;

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
}
