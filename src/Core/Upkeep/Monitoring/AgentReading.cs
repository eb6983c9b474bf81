namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>What was measured of the agents that share a store.</summary>
/// <param name="Nodes">Agents that live.</param>
/// <param name="DeadLetters">Those that wait for a person.</param>
/// <param name="OpenTickets">Jobs that have not ended.</param>
/// <param name="OldestTicket">The age of the oldest of them; null when there is none.</param>
/// <param name="Runs">Job runs that ended in the last hour.</param>
/// <param name="FailedRuns">Those that failed.</param>
internal sealed record AgentReading(int Nodes, long DeadLetters, long OpenTickets, TimeSpan? OldestTicket, long Runs, long FailedRuns)
{
    /// <summary>Failed runs in percent; null when there were none.</summary>
    public double? ErrorPercent => Runs == 0 ? null : 100.0 * FailedRuns / Runs;
}
