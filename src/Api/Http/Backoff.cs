using System.Net.Http.Headers;

namespace Flatfile.Api;

/// <summary>How long to wait before the next attempt.</summary>
internal static class Backoff
{
    private const double Jitter = 0.2;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>1 s, 2 s, 4 s … up to a minute, each up to a fifth longer or shorter.</summary>
    public static TimeSpan After(int attempt, double random)
    {
        var seconds = Math.Min(Math.Pow(2, attempt - 1), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - Jitter + (2 * Jitter * random)));
    }

    /// <summary>What <c>Retry-After</c> asks, in seconds or as a date; null when it asks nothing readable.</summary>
    public static TimeSpan? Asked(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var asked = header?.Delta ?? (header?.Date - now);
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }
}
