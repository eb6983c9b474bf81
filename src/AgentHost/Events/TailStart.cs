using System.Globalization;
using Flatfile.Agent.Host.Faults;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Events;

/// <summary>Where following begins: behind an event, at a time, or with what comes.</summary>
/// <param name="Position">What the stream is asked for: null for what comes from now on, 0 for all there is.</param>
/// <param name="Time">Earlier events are passed over.</param>
/// <param name="EventId">Passed over too: the one named is known.</param>
internal sealed record TailStart(string? Position, DateTimeOffset? Time, string? EventId)
{
    private const string EventPrefix = "us_evt_";

    public static async Task<TailStart> OfAsync(string? since, FlatfileClient client, TimeProvider time, CancellationToken stop)
    {
        if (since is null)
        {
            return new TailStart(null, null, null);
        }

        if (since.StartsWith(EventPrefix, StringComparison.Ordinal))
        {
            var @event = await client.Events.GetAsync(since, stop);
            return new TailStart("0", @event.CreatedAt, @event.Id);
        }

        return new TailStart("0", TimeOf(since, time.GetUtcNow()), null);
    }

    public bool IsBefore(Event @event) => @event.CreatedAt < Time || @event.Id == EventId;

    /// <summary>A time as a person writes it: a date and time, or how long ago.</summary>
    internal static DateTimeOffset TimeOf(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            TimeSpan? ago = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => null,
            };
            if (ago is { } span)
            {
                return now - span;
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new UserFault($"--since {text}: this is neither an event nor a time.", "An event's id begins with us_evt_.", "Write a time such as 2026-01-31T09:00Z, or how long ago: 15m, 2h, 1d.");
    }
}
