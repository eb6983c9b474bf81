using System.Collections.Concurrent;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Storage;

/// <summary>Which spaces there are. A space is found by the number in any of its ids.</summary>
internal sealed class SpaceRegistry(DataFolder folder, CentralStore central, SpaceShelf shelf, EventRelay relay, TimeProvider time)
{
    /// <summary>The number is given, the space is being built.</summary>
    public const string Reserved = "reserved";

    /// <summary>The space is there.</summary>
    public const string Live = "live";

    /// <summary>The space was deleted; its number is never given again.</summary>
    public const string Deleted = "deleted";

    private readonly ConcurrentDictionary<long, SpaceFolder> _known = new();

    /// <summary>The space of a number; null when there is none (any more).</summary>
    public async Task<SpaceFolder?> FindAsync(long number, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(number, out var known))
        {
            return known;
        }

        var environment = await central.ReadAsync(
            connection => connection.Scalar(
                "SELECT environment FROM spaces WHERE number = $number AND state = 'live'", ("$number", number)) as string,
            cancellationToken).ConfigureAwait(false);
        return environment is null ? null : _known.GetOrAdd(number, At(number, environment));
    }

    /// <summary>A space's folder, whether registered or not.</summary>
    public SpaceFolder At(long number, string environment) =>
        new(number, environment, folder.OfSpace(number), shelf, relay, central, time);

    /// <summary>Makes a finished space visible.</summary>
    public async Task<SpaceFolder> RegisterAsync(SpaceFolder space, Action<CentralWrite> also, CancellationToken cancellationToken)
    {
        await central.WriteAsync(space.EnvironmentId, "", change =>
        {
            change.Connection.Execute(
                "INSERT INTO spaces(number, environment, state) VALUES ($number, $environment, 'live') ON CONFLICT(number) DO UPDATE SET state = 'live'",
                ("$number", space.Number), ("$environment", space.EnvironmentId));
            also(change);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        relay.MarkDirty(space);
        return _known.GetOrAdd(space.Number, space);
    }

    /// <summary>Forgets a deleted space.</summary>
    public void Forget(SpaceFolder space) => _known.TryRemove(space.Number, out _);

    /// <summary>A space by its number; 404 when it is gone.</summary>
    public async Task<SpaceFolder> GetAsync(long number, CancellationToken cancellationToken) =>
        await FindAsync(number, cancellationToken).ConfigureAwait(false) ?? throw ApiRefusal.NotFound("space", DataFolder.SpaceId(number));
}
