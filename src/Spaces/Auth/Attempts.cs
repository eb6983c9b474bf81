using System.Collections.Concurrent;
using System.Globalization;
using Flatfile.Spaces.Http;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Spaces.Auth;

/// <summary>Counts calls without credentials by address, and failed sign-ins by address and name, in windows of a minute. Nobody can lock out somebody at another address.</summary>
internal sealed class Attempts(SpacesOptions options, TimeProvider time)
{
    private const int Most = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>Takes note of a call; 429 when there were too many.</summary>
    public void Call(HttpContext http) => Add("call " + Address(http), options.PublicCallsPerMinute);

    /// <summary>429 when too many sign-ins failed under this name. Asked before the name is tried.</summary>
    public void MayTry(HttpContext http, string name)
    {
        if (_counts.TryGetValue(Name(http, name), out var count) && count.Number >= options.FailedSignInsPerMinute && count.Ends > time.GetUtcNow())
        {
            throw TooMany(count);
        }
    }

    /// <summary>Takes note of a failed sign-in.</summary>
    public void Failed(HttpContext http, string name) => Add(Name(http, name), int.MaxValue);

    private void Add(string key, int limit)
    {
        var now = time.GetUtcNow();
        if (_counts.Count >= Most)
        {
            foreach (var (old, count) in _counts)
            {
                if (count.Ends <= now)
                {
                    _counts.TryRemove(old, out _);
                }
            }

            if (_counts.Count >= Most)
            {
                // Under an attack from very many addresses: the memory stays bounded, and everybody gets a new minute.
                _counts.Clear();
            }
        }

        var counted = _counts.AddOrUpdate(
            key, _ => new Count(1, now + Window), (_, count) => count.Ends <= now ? new Count(1, now + Window) : count with { Number = count.Number + 1 });
        if (counted.Number > limit)
        {
            throw TooMany(counted);
        }
    }

    private ApiRefusal TooMany(Count count)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling((count.Ends - time.GetUtcNow()).TotalSeconds));
        return new ApiRefusal(429, new ApiFault(null, string.Create(CultureInfo.InvariantCulture, $"Too many attempts. Try again in {seconds} seconds.")))
        {
            RetryAfter = seconds,
        };
    }

    private static string Name(HttpContext http, string name) => $"name {Address(http)} {(name.Length <= 300 ? name : name[..300])}";

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    private sealed record Count(int Number, DateTimeOffset Ends);
}
