using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>What the contract needs of a driver's surroundings: a source that outlives drivers and can be taken away for a while.</summary>
public abstract class EventDriverHarness : IAsyncDisposable
{
    /// <summary>How many events the driver may have in hand.</summary>
    public const int MaxInFlight = 8;

    /// <summary>True when a settlement is the source's to take: one it did not get brings the event again. False when the driver keeps settlements itself.</summary>
    public virtual bool SettlesAtSource => true;

    /// <summary>True when the source keeps dead-lettered events of its own, readable through <see cref="IBusDeadLetters"/>.</summary>
    public virtual bool HasDeadLetters => false;

    /// <summary>True when the driver's bus takes events through <see cref="IEventPublisher"/>.</summary>
    public virtual bool Publishes => false;

    /// <summary>The most events the driver may have taken out of the source without having settled them; read-ahead included.</summary>
    public virtual int MostHeld => MaxInFlight;

    /// <summary>Puts an event into the source, durably. Not called while the source is away.</summary>
    public abstract Task PublishAsync(string id, string key);

    /// <summary>Puts events into the source in this order, as fast as it takes them.</summary>
    public virtual async Task PublishAsync(IReadOnlyList<(string Id, string Key)> events)
    {
        foreach (var (id, key) in events)
        {
            await PublishAsync(id, key);
        }
    }

    /// <summary>A driver as after a start of the process: over the same source, with nothing in memory. May be called while the source is away.</summary>
    public abstract Task<IEventDriver> StartDriverAsync();

    /// <summary>The source is away from now on: connections break, new ones are refused. What it has, it keeps.</summary>
    public abstract Task BreakAsync();

    /// <summary>The source is back.</summary>
    public abstract Task HealAsync();

    /// <summary>Returns when a driver has met the broken source at least once since it broke.</summary>
    public abstract Task WhenRefusedAsync();

    /// <summary>How many of so many unsettled events the driver has taken out of the source, or null when this source cannot tell.</summary>
    public virtual Task<int?> HeldAsync(int unsettled) => Task.FromResult<int?>(null);

    /// <summary>The dead letters of the driver's source; null when it keeps none.</summary>
    public virtual IBusDeadLetters? DeadLettersOf(IEventDriver driver) => driver as IBusDeadLetters;

    /// <summary>The publisher of the driver's bus; null when it takes no events from us.</summary>
    public virtual IEventPublisher? PublisherOf(IEventDriver driver) => driver as IEventPublisher;

    public abstract ValueTask DisposeAsync();

    /// <summary>The event as JSON.</summary>
    public static string Event(string id, string key, DateTimeOffset at) =>
        $$"""{"id":"{{id}}","topic":"space:updated","domain":"space","context":{"spaceId":"{{key}}","environmentId":"us_env_1"},"payload":{},"createdAt":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}"}""";
}
