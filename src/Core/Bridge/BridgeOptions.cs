namespace Flatfile.Agent.Core.Bridge;

/// <summary>From one driver to another, section <c>Agent:Bridge</c>: because Flatfile's cloud writes to no bus by itself.</summary>
public sealed class BridgeOptions
{
    /// <summary>The driver that brings events in, such as <c>Polling</c>.</summary>
    public string? From { get; set; }

    /// <summary>The driver whose bus gets them, such as <c>RabbitMq</c>.</summary>
    public string? To { get; set; }

    /// <summary>When several agents run the bridge on one store: how soon another one goes on after the leader died.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Events that may wait for the bus; beyond it none are received, they wait at their source.</summary>
    public long MaxOutboxEvents { get; set; } = 100_000;

    /// <summary>Bytes of events that may wait for the bus.</summary>
    public long MaxOutboxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>A larger event travels by claim check: its message carries a claim, the event itself stays in the agent's store.</summary>
    public int ClaimCheckBytes { get; set; } = 256 * 1024;

    /// <summary>Events published at once.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>True when there is a bridge.</summary>
    internal bool IsOn => !string.IsNullOrEmpty(From) || !string.IsNullOrEmpty(To);
}
