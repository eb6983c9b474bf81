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

    /// <summary>The events a query selects, newest first, over all pages.</summary>
    public IAsyncEnumerable<Event> ListAsync(EventQuery? query = null, CancellationToken cancellationToken = default)
    {
        var selection = query ?? new EventQuery();
        return _connection.PagesAsync(page => _connection.At($"events{selection.ToQuery(page)}"), AnswerJson.Default.EnvelopeListEvent, item => item.Id, cancellationToken);
    }

    /// <summary>Every event of a space, newest first.</summary>
    public IAsyncEnumerable<Event> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        ListAsync(new EventQuery { SpaceId = spaceId }, cancellationToken);

    /// <summary>Acknowledges it.</summary>
    public Task AckAsync(string eventId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"events/{eventId}/ack")), cancellationToken);
}
