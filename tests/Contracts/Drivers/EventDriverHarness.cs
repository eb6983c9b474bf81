using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>What the contract needs of a driver's surroundings: a source that outlives drivers.</summary>
public abstract class EventDriverHarness : IAsyncDisposable
{
    /// <summary>How many events the driver may have in hand.</summary>
    public const int MaxInFlight = 8;

    /// <summary>Puts an event into the source, durably.</summary>
    public abstract Task PublishAsync(string id, string key);

    /// <summary>A driver as after a start of the process: over the same source, with nothing in memory.</summary>
    public abstract Task<IEventDriver> StartDriverAsync();

    /// <summary>True when the source keeps dead-lettered events of its own.</summary>
    public virtual bool HasDeadLetters => false;

    public abstract ValueTask DisposeAsync();

    /// <summary>The event as JSON.</summary>
    public static string Event(string id, string key, DateTimeOffset at) =>
        $$"""{"id":"{{id}}","topic":"space:updated","domain":"space","context":{"spaceId":"{{key}}","environmentId":"us_env_1"},"payload":{},"createdAt":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}"}""";
}
