using System.Collections.Concurrent;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Events;

/// <summary>Whether who follows events may still do so, asked each time events are handed over; and how many connections one caller may keep waiting.</summary>
internal sealed class EventFollowing(AccessTokens tokens, SpaceRegistry registry, SpaceAdmission admission)
{
    /// <summary>A caller of single spaces is a person with a few windows open.</summary>
    public const int MostOfOne = 100;

    /// <summary>Behind one key stand many programs.</summary>
    public const int MostOfKey = 5_000;

    private static readonly Operation Follow = OperationTable.Find("events.stream");

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Who an actor is now, if it still sees an environment, or a space where one is given; null otherwise.</summary>
    public async Task<Principal?> StillAsync(string actorId, string? environmentId, long? space, CancellationToken cancellationToken)
    {
        if (await tokens.OfActorAsync(actorId, cancellationToken).ConfigureAwait(false) is not { } caller)
        {
            return null;
        }

        if (space is not { } number)
        {
            return caller.ManagesAccount || (caller.SeesEnvironment && caller.EnvironmentId == environmentId) ? caller : null;
        }

        try
        {
            // Who sees the environment also hears the last of a space that is gone.
            return await registry.FindAsync(number, cancellationToken).ConfigureAwait(false) is { } folder
                ? await admission.EnterAsync(caller, Follow, folder, cancellationToken).ConfigureAwait(false) is null ? null : caller
                : caller.ManagesAccount || (caller.SeesEnvironment && caller.EnvironmentId == environmentId) ? caller : null;
        }
        catch (ApiRefusal refusal) when (refusal.Status == 403)
        {
            return null;
        }
    }

    /// <summary>Counts a connection that waits until it is disposed; null when the caller has too many.</summary>
    public IDisposable? Open(string actorId, bool isKey)
    {
        if (_open.AddOrUpdate(actorId, 1, (_, count) => count + 1) <= (isKey ? MostOfKey : MostOfOne))
        {
            return new Opened(this, actorId);
        }

        Close(actorId);
        return null;
    }

    private void Close(string actorId)
    {
        if (_open.AddOrUpdate(actorId, 0, (_, count) => count - 1) == 0)
        {
            _open.TryRemove(new KeyValuePair<string, int>(actorId, 0));
        }
    }

    private sealed class Opened(EventFollowing following, string actorId) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                following.Close(actorId);
            }
        }
    }
}
