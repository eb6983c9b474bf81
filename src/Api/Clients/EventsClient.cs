using System.Text.Json;

namespace Flatfile.Api;

/// <summary>Events.</summary>
public sealed class EventsClient
{
    private readonly ApiConnection _connection;

    internal EventsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Raises an event.</summary>
    public Task<Event> CreateAsync(EventConfig config, CancellationToken cancellationToken = default) => CreateAsync(config, null, cancellationToken);

    /// <inheritdoc cref="CreateAsync(EventConfig, CancellationToken)" />
    public Task<Event> CreateAsync(EventConfig config, RequestOptions? options, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"events"), JsonBody.Of(config, FlatfileJson.Default.EventConfig), options), AnswerJson.Default.EnvelopeEvent, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Event> GetAsync(string eventId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"events/{eventId}")), AnswerJson.Default.EnvelopeEvent, cancellationToken);

    /// <summary>Reads one, exactly as the server wrote it.</summary>
    public async Task<JsonElement> GetJsonAsync(string eventId, CancellationToken cancellationToken = default)
    {
        var answer = await _connection.SendForJsonAsync(ApiRequest.Get(_connection.At($"events/{eventId}")), cancellationToken).ConfigureAwait(false);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) ? data : answer;
    }

    /// <summary>The events a query selects, newest first, over all pages.</summary>
    public IAsyncEnumerable<Event> ListAsync(EventQuery? query = null, CancellationToken cancellationToken = default)
    {
        var selection = query ?? new EventQuery();
        return _connection.PagesAsync(page => _connection.At($"events{selection.ToQuery(page)}"), AnswerJson.Default.EnvelopeListEvent, item => item.Id, cancellationToken);
    }

    /// <summary>Every event of a space, newest first.</summary>
    public IAsyncEnumerable<Event> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        ListAsync(new EventQuery { SpaceId = spaceId }, cancellationToken);

    /// <summary>
    /// Events as they come, for ever: a connection that breaks is made again and goes on behind the last event, so that nothing is missed or
    /// comes twice. Spaces has it, Flatfile's cloud has not.
    /// </summary>
    /// <exception cref="FlatfileApiException">The server refuses, also when events after the place asked for are gone (410).</exception>
    public IAsyncEnumerable<StreamedEvent> StreamAsync(EventStreamQuery? query = null, CancellationToken cancellationToken = default) =>
        new EventStream(_connection, query ?? new EventStreamQuery()).ReadAsync(cancellationToken);

    /// <summary>A token for following one environment or space in the PubNub dialect.</summary>
    public Task<EventToken> GetEventTokenAsync(string scope, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"subscription{new ApiQuery().Add("scope", scope)}")), AnswerJson.Default.EnvelopeEventToken, cancellationToken);

    /// <summary>Acknowledges it.</summary>
    public Task AckAsync(string eventId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"events/{eventId}/ack")), cancellationToken);
}
