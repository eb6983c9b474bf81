namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>From when on monitoring raises its voice, section <c>Agent:Monitoring</c>. When it looks stands in <c>Agent:Recurring:monitoring</c>. Null: never.</summary>
public sealed class MonitoringOptions
{
    /// <summary>Bytes of database and files of one space.</summary>
    public long? MaxStorageBytes { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>The age of a space, from its creation.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How long a job of a space may show no change while it executes.</summary>
    public TimeSpan? JobStuckAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Dead letters of the agent that wait for a person.</summary>
    public long? MaxDeadLetters { get; set; } = 10;

    /// <summary>How long a ticket of the agent may be open.</summary>
    public TimeSpan? TicketStuckAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The share of job runs of the last hour that failed, in percent.</summary>
    public int? MaxErrorPercent { get; set; } = 20;

    /// <summary>Fewer job runs than this in the last hour make no error rate.</summary>
    public int MinRuns { get; set; } = 20;

    /// <summary>True to raise an event in Flatfile too, <c>monitoring:raised</c> and <c>monitoring:cleared</c>.</summary>
    public bool RaiseEvents { get; set; } = true;
}
