using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Events;

/// <summary>The query of <c>GET /events</c>; without a page it asks for everything.</summary>
/// <remarks>
/// With <c>since</c> everything newer is answered, oldest first, unless a page is asked for: the polling driver never pages.
/// Without it the newest come first, a page at a time.
/// </remarks>
internal sealed record EventQuery((string, object?)[] Filter, bool Forward, PageQuery? Page)
{
    /// <summary>
    /// One index for each way to ask, all in the order of the answer; whether an event is acknowledged stands in them, so that passing over
    /// a million acknowledged ones touches no row.
    /// </summary>
    public const string Schema =
        """
        CREATE TABLE log(one INTEGER PRIMARY KEY CHECK (one = 1), floor INTEGER NOT NULL);
        INSERT INTO log VALUES (1, 0);
        DROP INDEX events_created;
        CREATE INDEX events_all ON events(environment, created_at, position, acknowledged_at);
        CREATE INDEX events_topic ON events(environment, topic, created_at, position, acknowledged_at);
        CREATE INDEX events_domain ON events(environment, domain, created_at, position, acknowledged_at);
        CREATE INDEX events_of_space ON events(space, created_at, position, acknowledged_at, topic, domain);
        """;

    private const int Portion = 500;

    /// <summary>Every condition stands alone, so that those asked for can use their index.</summary>
    private static readonly Dictionary<string, string> Conditions = new(StringComparer.Ordinal)
    {
        ["$environment"] = "environment = $environment",
        ["$space"] = "space = $space",
        ["$own"] = "space IN (SELECT value FROM json_each($own))",
        ["$domain"] = "domain = $domain",
        ["$topic"] = "topic = $topic",
        ["$hidden"] = "topic <> $hidden",
        ["$since"] = "created_at > $since",
        ["$open"] = "acknowledged_at IS NULL AND $open",
        ["$at"] = "(created_at, position) > ($at, $after)",
    };

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

        var own = space is null ? await call.OwnSpacesAsync().ConfigureAwait(false) : null;
        var since = call.Time("since");
        var everything = since is not null && call.Query("pageSize") is null && call.Query("pageNumber") is null;
        return new EventQuery(
            [
                ("$environment", call.Caller.EnvironmentId.Length == 0 ? null : call.Caller.EnvironmentId),
                ("$space", space),
                ("$own", own is null ? null : Wire.Text(new JsonArray([.. own.Select(number => (JsonNode)number)]))),
                ("$domain", call.Query("domain")),
                ("$topic", call.Query("topic")),
                ("$hidden", call.Caller.Kind == Auth.PrincipalKind.Guest ? EventChannel.HiddenFromGuests : null),
                ("$since", since is { } time ? Wire.Time(time) : null),
                ("$open", call.Flag("includeAcknowledged") is true ? null : 1),
            ],
            since is not null,
            everything ? null : PageQuery.Read(call, defaultPageSize));
    }

    /// <summary>The answer: one page, or everything in portions while it is sent.</summary>
    public async Task<Answer> AnswerAsync(CentralStore central, CancellationToken cancellationToken)
    {
        if (Page is not null)
        {
            return Answer.List((await ReadAsync(central, Page.Size, Page.Skip, null, cancellationToken).ConfigureAwait(false)).Select(one => one.Body));
        }

        var portion = await ReadAsync(central, Portion, 0, null, cancellationToken).ConfigureAwait(false);
        return portion.Count < Portion
            ? Answer.List(portion.Select(one => one.Body))
            : Answer.Streamed("application/json; charset=utf-8", (stream, cancelled) => WriteAsync(central, stream, portion, cancelled));
    }

    /// <summary>404 for an event of a space that is none of the caller's; who sees a whole environment also sees what belongs to no space.</summary>
    public static async Task EnterAsync(ApiCall call, string id)
    {
        if (!call.Caller.SeesEnvironment && (!EventId.TryParse(id, out var space, out _) || await call.EnterAsync(space).ConfigureAwait(false) is null))
        {
            throw ApiRefusal.NotFound("event", id);
        }
    }

    /// <summary>One event of the caller's environment; 404 otherwise.</summary>
    public static (long Position, byte[] Body) Find(SqliteConnection connection, ApiCall call, string id)
    {
        var found = EventId.TryParse(id, out var space, out var sequence)
            ? connection.Row(
                """
                SELECT position, body FROM events WHERE space = $space AND sequence = $sequence AND ($environment IS NULL OR environment = $environment)
                    AND ($hidden IS NULL OR topic <> $hidden)
                """,
                row => Tuple.Create(row.GetInt64(0), (byte[])row[1]),
                ("$space", space), ("$sequence", sequence), ("$environment", call.Caller.ManagesAccount ? null : call.Caller.EnvironmentId),
                ("$hidden", call.Caller.Kind == Auth.PrincipalKind.Guest ? EventChannel.HiddenFromGuests : null))
            : null;
        return found is null ? throw ApiRefusal.NotFound("event", id) : (found.Item1, found.Item2);
    }

    private async Task WriteAsync(CentralStore central, Stream stream, List<ListedEvent> portion, CancellationToken cancelled)
    {
        var start = """{"data":["""u8.ToArray();
        while (portion.Count > 0)
        {
            foreach (var one in portion)
            {
                await stream.WriteAsync(start, cancelled).ConfigureAwait(false);
                await stream.WriteAsync(one.Body, cancelled).ConfigureAwait(false);
                start = ","u8.ToArray();
            }

            portion = await ReadAsync(central, Portion, 0, portion[^1], cancelled).ConfigureAwait(false);
        }

        await stream.WriteAsync("]}"u8.ToArray(), cancelled).ConfigureAwait(false);
    }

    private Task<List<ListedEvent>> ReadAsync(CentralStore central, int limit, long skip, ListedEvent? after, CancellationToken cancellationToken)
    {
        (string Name, object? Value)[] filter = [.. Filter.Append(("$at", after?.CreatedAt)).Where(condition => condition.Item2 is not null)];
        var where = string.Join(" AND ", filter.Select(condition => Conditions[condition.Name]));
        if (filter.Any(condition => condition.Name == "$space"))
        {
            // The space picks far fewer events than its environment: the plus keeps the environment's indexes out.
            where = where.Replace("environment =", "+environment =", StringComparison.Ordinal);
        }

        var order = Forward ? "created_at ASC, position ASC" : "created_at DESC, position DESC";
        return central.ReadAsync(
            connection => connection.Rows(
                $"SELECT created_at, position, body FROM events WHERE {where} ORDER BY {order} LIMIT $limit OFFSET $skip",
                row => new ListedEvent(row.GetString(0), row.GetInt64(1), (byte[])row[2]),
                [.. filter, ("$after", after?.Position), ("$limit", limit), ("$skip", skip)]),
            cancellationToken);
    }

    /// <summary>An event and its place in the answer.</summary>
    private sealed record ListedEvent(string CreatedAt, long Position, ReadOnlyMemory<byte> Body);
}
