using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Idempotency;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Spaces.Http;

/// <summary>One call of an allowed caller: its route, query and body, the way to its space, and the one way to change something.</summary>
internal sealed class ApiCall(
    HttpContext http, Operation? operation, Principal caller, SpaceRegistry registry, SpaceAdmission admission, CentralStore central, BodyRoom room, SpacesOptions options)
{
    private readonly Dictionary<long, Right> _roles = [];
    private ReadOnlyMemory<byte>? _body;
    private string? _environment;

    public HttpContext Http { get; } = http;

    /// <summary>What is called; null for a path nobody knows.</summary>
    public Operation? Operation { get; } = operation;

    /// <summary>Who calls; its environment is the one the call turned out to be about.</summary>
    public Principal Caller { get; private set; } = caller;

    /// <summary>The run that asks for a change; null for anybody else.</summary>
    public RunFence? Fence { get; } = RunFence.Of(http);

    public CancellationToken Cancelled => Http.RequestAborted;

    /// <summary>
    /// What makes a repeat the same request; by default the hash of the body. A call that does not read its body here (an upload) sets it.
    /// </summary>
    public byte[] Fingerprint
    {
        get => field ??= RequestBody.Fingerprint(_body ?? default);
        set;
    }

    /// <summary>A segment of the path.</summary>
    public string Route(string name) => (string?)Http.GetRouteValue(name) ?? "";

    /// <summary>A parameter of the query; null when absent or empty.</summary>
    public string? Query(string name) => Http.Request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>All values of a repeated parameter.</summary>
    public IReadOnlyList<string> QueryAll(string name) => [.. Http.Request.Query[name].OfType<string>().Where(value => value.Length > 0)];

    /// <summary>A whole number within bounds; outside them a 400.</summary>
    public int? Number(string name, int least, int most)
    {
        if (Query(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw ApiRefusal.Bad(name, $"'{name}' must be a whole number from {least} to {most}.");
    }

    /// <summary><c>true</c> or <c>false</c>; anything else is a 400.</summary>
    public bool? Flag(string name) => Query(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw ApiRefusal.Bad(name, $"'{name}' must be true or false."),
    };

    /// <summary>An ISO time; anything else is a 400.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Query(name) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ApiRefusal.Bad(name, $"'{name}' must be a time such as 2024-05-01T10:00:00.000Z.");
    }

    /// <summary>The body's bytes, unpacked and within the limit.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBytesAsync()
    {
        if (_body is null)
        {
            room.Take(Http, Caller);
            _body = await RequestBody.ReadAsync(Http, room.Most(Caller)).ConfigureAwait(false);
            JsonText.Check(_body.Value.Span);
        }

        return _body.Value;
    }

    /// <summary>The body as a JSON object; no body counts as an empty one.</summary>
    public async Task<JsonObject> ReadObjectAsync() =>
        RequestBody.Parse(await ReadBytesAsync().ConfigureAwait(false)) switch
        {
            null => [],
            JsonObject body => body,
            _ => throw ApiRefusal.Bad(null, "The body must be a JSON object."),
        };

    /// <summary>The body as a JSON array.</summary>
    public async Task<JsonArray> ReadArrayAsync() =>
        RequestBody.Parse(await ReadBytesAsync().ConfigureAwait(false)) as JsonArray
        ?? throw ApiRefusal.Bad(null, "The body must be a JSON array.");

    /// <summary>A typed view of (a part of) a body; 400 naming all members that do not fit.</summary>
    public static T Typed<T>(JsonNode node, JsonTypeInfo<T> type)
    {
        try
        {
            return node.Deserialize(type) ?? throw ApiRefusal.Bad(null, "The body must not be null.");
        }
        catch (JsonException fault)
        {
            var faults = BodyFaults.Of(node, type);
            throw faults.Count > 0
                ? new ApiRefusal(400, faults)
                : ApiRefusal.Bad(fault.Path?.TrimStart('$', '.'), $"'{fault.Path}' does not have the form this call takes.");
        }
    }

    /// <summary>The id in the path and the space it leads to; 404 when it is of another kind, unknown, or none of the caller's.</summary>
    public Task<(SpaceFolder Space, ResourceId Id)> SpaceOfAsync(ResourceTable table, string routeName) =>
        SpaceOfIdAsync(table.Prefix, table.Noun, Route(routeName));

    /// <summary>The space of an id given anywhere; 404 as above.</summary>
    public async Task<(SpaceFolder Space, ResourceId Id)> SpaceOfIdAsync(string prefix, string noun, string? text)
    {
        if (ResourceId.TryParse(prefix, text, out var id) && await EnterAsync(id.Space).ConfigureAwait(false) is { } space)
        {
            return (space, id);
        }

        throw ApiRefusal.NotFound(noun, text);
    }

    /// <summary>A space by the number in an id that is read elsewhere; null when there is none that the caller may know of.</summary>
    public async Task<SpaceFolder?> EnterAsync(long number)
    {
        if (await registry.FindAsync(number, Cancelled).ConfigureAwait(false) is not { } space || (_environment ?? space.EnvironmentId) != space.EnvironmentId)
        {
            return null;
        }

        if (!_roles.ContainsKey(number))
        {
            if (await admission.EnterAsync(Caller, Operation, space, Cancelled).ConfigureAwait(false) is not { } role)
            {
                return null;
            }

            _roles[number] = role;
        }

        // Callers of more than one environment work in that of the space.
        Caller = Caller with { EnvironmentId = space.EnvironmentId };
        return space;
    }

    /// <summary>The caller's role in a space it entered.</summary>
    public Right RoleIn(SpaceFolder space) => _roles[space.Number];

    /// <summary>The caller's role in a space; less than any role when it entered none such.</summary>
    public Right RoleIn(long number) => _roles.GetValueOrDefault(number, Right.Public);

    /// <summary>A space by its own id.</summary>
    public async Task<SpaceFolder> SpaceAsync(string? spaceId)
    {
        var (space, id) = await SpaceOfIdAsync(IdPrefix.Space, "space", spaceId).ConfigureAwait(false);
        return id.Number == 0 ? space : throw ApiRefusal.NotFound("space", spaceId);
    }

    /// <summary>A space that is there or was there, in the caller's environment; 404 otherwise.</summary>
    public async Task SpaceEverAsync(ResourceId id)
    {
        if (!Caller.SeesEnvironment)
        {
            await SpaceAsync(id.ToString()).ConfigureAwait(false);
            return;
        }

        var environment = await central.ReadAsync(
            connection => connection.Scalar("SELECT environment FROM spaces WHERE number = $number AND state <> 'reserved'", ("$number", id.Space)), Cancelled)
            .ConfigureAwait(false);
        if (environment is not string found || found != (_environment ?? (Caller.ManagesAccount ? found : Caller.EnvironmentId)))
        {
            throw ApiRefusal.NotFound("space", id.ToString());
        }

        Caller = Caller with { EnvironmentId = found };
    }

    /// <summary>The same call, looked at anew, of the caller as it is now.</summary>
    public ApiCall Again(Principal now) => new(Http, Operation, now, registry, admission, central, room, options);

    /// <summary>Where spaces are found; to enter one, use the calls beside this.</summary>
    public SpaceRegistry Registry => registry;

    /// <summary>A call that came without credentials in its headers has proved its caller otherwise.</summary>
    public void ActAs(Principal caller) => Caller = caller;

    /// <summary>
    /// A request that names an environment must name the caller's; any other is unknown to it. Who manages the account may name any, and
    /// works there from now on; a user's spaces elsewhere do not count from now on.
    /// </summary>
    public void SameEnvironment(string? environmentId)
    {
        if (!string.IsNullOrEmpty(environmentId) && !WorksIn(environmentId))
        {
            throw ApiRefusal.NotFound("environment", environmentId);
        }
    }

    /// <summary>Whether a thing of an environment, or of a space in it, may be the caller's at all; the call is about that environment from now on.</summary>
    public async Task<bool> ReachesAsync(string environmentId, string? spaceId) => spaceId is null
        ? Caller.SeesEnvironment && WorksIn(environmentId)
        : ResourceId.TryParse(IdPrefix.Space, spaceId, out var id) && await EnterAsync(id.Space).ConfigureAwait(false) is not null;

    /// <summary>403 unless the caller sees the whole environment: for what belongs to no space.</summary>
    public void WholeEnvironment()
    {
        if (!Caller.SeesEnvironment)
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", "Without a space this call is about the whole environment, which your token does not open. Name a space."));
        }
    }

    /// <summary>The numbers of the spaces the caller may do this in; null when that is all of its environment.</summary>
    public async Task<IReadOnlyList<long>?> OwnSpacesAsync() =>
        Caller.SeesEnvironment ? null : [.. (await admission.SpacesOfAsync(Caller, Operation, Cancelled).ConfigureAwait(false)).Select(space => space.Number)];

    /// <summary>403 for who may do this in no space at all: before something large is taken whose space shows only at its end.</summary>
    public async Task SomewhereAsync()
    {
        if (await OwnSpacesAsync().ConfigureAwait(false) is { Count: 0 })
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", $"There is no space in which you may do {Operation!.Name}."));
        }
    }

    /// <summary>The space the query's <c>spaceId</c> names, or all the caller may do this in, in the order of their creation.</summary>
    public async Task<IReadOnlyList<SpaceFolder>> SpacesAsync()
    {
        SameEnvironment(Query("environmentId"));
        if (Query("spaceId") is { } spaceId)
        {
            return [await SpaceAsync(spaceId).ConfigureAwait(false)];
        }

        if (!Caller.SeesEnvironment)
        {
            return await admission.SpacesOfAsync(Caller, Operation, Cancelled).ConfigureAwait(false);
        }

        var numbers = await central.ReadAsync(
            connection => connection.Rows(
                "SELECT number FROM spaces WHERE environment = $environment AND state = 'live' ORDER BY number",
                row => row.GetInt64(0), ("$environment", Caller.EnvironmentId)),
            Cancelled).ConfigureAwait(false);
        return [.. numbers.Select(number => registry.At(number, Caller.EnvironmentId))];
    }

    private bool WorksIn(string environmentId)
    {
        var free = _environment is null && (_roles.Count == 0 || environmentId == Caller.EnvironmentId);
        if (environmentId != _environment && !(Caller.Kind switch
        {
            PrincipalKind.Account => free && admission.HasEnvironment(environmentId),
            PrincipalKind.User => free,
            _ => environmentId == Caller.EnvironmentId,
        }))
        {
            return false;
        }

        _environment = environmentId;
        Caller = Caller with { EnvironmentId = environmentId };
        return true;
    }

    /// <summary>Reads one snapshot of a space.</summary>
    public Task<T> ReadAsync<T>(SpaceFolder space, Func<SpaceRead, T> read) => space.ReadAsync(read, Cancelled);

    /// <summary>
    /// Changes a space: what <paramref name="write"/> does and emits is committed together, or not at all. A POST with an
    /// <c>Idempotency-Key</c> that was answered before is answered again without running.
    /// </summary>
    /// <param name="space">The space.</param>
    /// <param name="write">The change. Refusals thrown inside leave no trace.</param>
    /// <param name="replay">Makes the answer again from its <see cref="Answer.Recipe"/>, where one was kept.</param>
    public Task<Answer> WriteAsync(SpaceFolder space, Func<SpaceWrite, Answer> write, Func<SpaceWrite, ReadOnlyMemory<byte>, Answer>? replay = null)
    {
        var request = IdempotentRequest.Of(this);
        return space.WriteAsync(
            Caller.ActorId,
            change =>
            {
                if (Fence is { } fence && fence.Job.Space == space.Number)
                {
                    RunFences.Pass(change, fence);
                }

                return request is null
                    ? Live(change, write)
                    : new IdempotencyLedger(change.Connection, Caller.RepeatScope, change.Now, options.IdempotencyWindow)
                        .Once(request, () => Live(change, write), recipe => replay!(change, recipe));
            },
            Cancelled);
    }

    /// <summary>Changes something that belongs to no space, under the same rules.</summary>
    public Task<Answer> WriteCentralAsync(Func<CentralWrite, Answer> write, Func<CentralWrite, ReadOnlyMemory<byte>, Answer>? replay = null)
    {
        var request = IdempotentRequest.Of(this);
        return central.WriteAsync(
            Caller,
            change => request is null
                ? write(change)
                : new IdempotencyLedger(change.Connection, Caller.EnvironmentId + Caller.RepeatScope, change.Now, options.IdempotencyWindow)
                    .Once(request, () => write(change), recipe => replay!(change, recipe)),
            Cancelled);
    }

    private static Answer Live(SpaceWrite change, Func<SpaceWrite, Answer> write) =>
        SpaceExpiry.IsExpired(change.Space)
            ? throw ApiRefusal.Conflict(null, "The space has expired: its data is gone, and nothing in it can be changed.")
            : write(change);
}
