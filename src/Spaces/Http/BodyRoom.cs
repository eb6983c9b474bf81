using System.Collections.Concurrent;
using Flatfile.Spaces.Auth;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Http;

/// <summary>How much of the server's memory bodies may take: little of strangers, who need not prove anything to send one, and of one guest or user no more than a few at once.</summary>
internal sealed class BodyRoom(SpacesOptions options)
{
    /// <summary>Sign-in, links: a few texts.</summary>
    public const long OfStrangers = 64 * 1024;

    /// <summary>A space with its workbook, as a web page makes it.</summary>
    public const long OfPages = 4 * 1024 * 1024;

    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<string, long> _taken = new(StringComparer.Ordinal);

    /// <summary>The largest body of a caller.</summary>
    public long Most(Principal caller) => Math.Min(options.MaxBodyBytes, caller.Kind switch
    {
        PrincipalKind.Nobody => OfStrangers,
        PrincipalKind.Publishable => OfPages,
        _ => options.MaxBodyBytes,
    });

    /// <summary>Takes room for a body until its request is answered; 429 when the caller has too many under way.</summary>
    public void Take(HttpContext http, Principal caller)
    {
        if (caller.SeesEnvironment || caller.Kind == PrincipalKind.Nobody)
        {
            return;
        }

        // How long a packed body is, or one of unknown length, shows only at its end.
        var most = Most(caller);
        var bytes = http.Request.ContentLength is { } length && http.Request.Headers.ContentEncoding.Count == 0 ? Math.Min(length, most) : most;
        if (_taken.AddOrUpdate(caller.ActorId, bytes, (_, taken) => taken + bytes) <= options.MaxBodyBytes * AtOnce)
        {
            http.Response.RegisterForDispose(new Taken(this, caller.ActorId, bytes));
            return;
        }

        Leave(caller.ActorId, bytes);
        throw new ApiRefusal(429, new ApiFault(null, "Too many large bodies of this caller are under way. Send them one after the other.")) { RetryAfter = 1 };
    }

    private void Leave(string actorId, long bytes)
    {
        if (_taken.AddOrUpdate(actorId, 0, (_, taken) => taken - bytes) == 0)
        {
            _taken.TryRemove(new KeyValuePair<string, long>(actorId, 0));
        }
    }

    private sealed class Taken(BodyRoom room, string actorId, long bytes) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                room.Leave(actorId, bytes);
            }
        }
    }
}
