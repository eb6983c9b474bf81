namespace Flatfile.Agent;

/// <summary>Brings events in from somewhere. Chosen by <see cref="Name"/> in the configuration.</summary>
public interface IEventDriver
{
    /// <summary>The name the configuration uses; unique among drivers.</summary>
    string Name { get; }

    /// <summary>What is wrong with the driver's settings, a sentence each: what, why, what to do. Asked at start of the driver that is chosen; calls nobody.</summary>
    IEnumerable<string> FaultsInSettings() => [];

    /// <summary>
    /// Receives until the token fires. Each delivery is handed to <paramref name="onDelivery"/>, which returns when the
    /// delivery is settled; a driver may have several deliveries in hand, of one ordering key in order.
    /// </summary>
    /// <remarks>Faults of the source are the driver's to retry with growing pauses; it throws only when no pause can help.</remarks>
    Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken);
}
