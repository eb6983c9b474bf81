using System.Globalization;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Publishing;

/// <summary>An event is larger than the bus takes; repeating does not help.</summary>
internal sealed class EventTooLargeException(OutgoingEvent @event, long limit) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"Event {@event.Id} ({@event.Topic}) has {@event.Body.Length:N0} bytes, and the bus takes messages of at most {limit:N0} bytes with their properties. "
    + $"Send less in the event and leave the rest at its data address, or use the premium tier, whose limit is higher."));
