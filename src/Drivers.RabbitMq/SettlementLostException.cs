namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>A delivery cannot be settled, because the channel it came over is gone. No other channel may settle it: the broker brings it again.</summary>
internal sealed class SettlementLostException()
    : InvalidOperationException("The channel this event came over is closed, so it cannot be settled; the broker brings the event again.");
