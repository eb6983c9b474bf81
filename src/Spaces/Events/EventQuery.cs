using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Events;

/// <summary>The query of <c>GET /events</c>.</summary>
/// <remarks>
/// With <c>since</c> everything newer is answered, oldest first, unless a page is asked for: the polling driver never pages.
/// Without it the newest come first, a page at a time.
/// </remarks>
internal sealed record EventQuery((string, object?)[] Filter, bool Forward, PageQuery Page)
{
    private const string Where =
        """
        FROM events WHERE environment = $environment
            AND ($space IS NULL OR space = $space)
            AND ($domain IS NULL OR domain = $domain)
            AND ($topic IS NULL OR topic = $topic)
            AND ($since IS NULL OR created_at > $since)
            AND ($acknowledged OR acknowledged_at IS NULL)
        """;

    /// <summary>Reads the parameters; a space the caller cannot see is a 404, a deleted one still has its events.</summary>
    public static async Task<EventQuery> ReadAsync(ApiCall call, int defaultPageSize)
    {
        long? space = null;
        if (call.Query("spaceId") is { } spaceId)
        {
            space = ResourceId.TryParse(IdPrefix.Space, spaceId, out var id) && id.Number == 0 && id.Space > 0
                ? id.Space
                : throw ApiRefusal.NotFound("space", spaceId);
            await call.SpaceEverAsync(id).ConfigureAwait(false);
        }

        var since = call.Time("since");
        var everything = since is not null && call.Query("pageSize") is null && call.Query("pageNumber") is null;
        return new EventQuery(
            [
                ("$environment", call.Caller.EnvironmentId),
                ("$space", space),
                ("$domain", call.Query("domain")),
                ("$topic", call.Query("topic")),
                ("$since", since is { } time ? Wire.Time(time) : null),
                ("$acknowledged", call.Flag("includeAcknowledged") ?? false),
            ],
            since is not null,
            everything ? new PageQuery(int.MaxValue, 1) : PageQuery.Read(call, defaultPageSize));
    }

    /// <summary>The events' bodies.</summary>
    public List<ReadOnlyMemory<byte>> Run(SqliteConnection connection) => connection.Rows(
        $"SELECT body {Where} ORDER BY {(Forward ? "created_at ASC, position ASC" : "position DESC")} LIMIT $limit OFFSET $skip",
        row => (ReadOnlyMemory<byte>)(byte[])row[0],
        [.. Filter, ("$limit", Page.Size), ("$skip", Page.Skip)]);

    /// <summary>One event of the caller's environment; 404 otherwise.</summary>
    public static (long Position, byte[] Body) Find(SqliteConnection connection, ApiCall call, string id)
    {
        var found = EventId.TryParse(id, out var space, out var sequence)
            ? connection.Row(
                "SELECT position, body FROM events WHERE space = $space AND sequence = $sequence AND environment = $environment",
                row => Tuple.Create(row.GetInt64(0), (byte[])row[1]),
                ("$space", space), ("$sequence", sequence), ("$environment", call.Caller.EnvironmentId))
            : null;
        return found is null ? throw ApiRefusal.NotFound("event", id) : (found.Item1, found.Item2);
    }
}
