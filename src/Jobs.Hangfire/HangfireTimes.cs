using Flatfile.Agent.Core.Startup;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>How long Hangfire waits for what. The same for all that share a store.</summary>
internal sealed record HangfireTimes
{
    /// <summary>What the agent takes at most beyond its grace time to end its runs.</summary>
    private static readonly TimeSpan AfterGrace = TimeSpan.FromSeconds(10);

    // A job is renewed five times in the time after which it is taken back.
    private const double Beats = 5;

    /// <summary>How long a job that a node took from the queue is left to it without a sign of life.</summary>
    public required TimeSpan Invisibility { get; init; }

    /// <summary>How long what a killed process held locked stays so. Each such lock holds up a worker for as long.</summary>
    public TimeSpan Lock { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the queue is looked at for what other nodes put there. What this process puts there is seen at once.</summary>
    public TimeSpan QueuePoll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it is looked whether a time has come, and whether a run is not wanted any more.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Signs of life end when a node begins to stop, its runs do not: two beats more than that may take.</summary>
    public static HangfireTimes For(AgentOptions options) => new() { Invisibility = (options.ShutdownGrace + AfterGrace) * (Beats / (Beats - 2)) };
}
