using System.Globalization;

namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>Holds what was measured against the thresholds.</summary>
internal static class AlertRules
{
    public static IEnumerable<Alert> Of(SpaceReading space, MonitoringOptions options)
    {
        if (options.MaxStorageBytes is { } most && space.StorageBytes > most)
        {
            yield return OfSpace(space, "storage", $"Space {space.SpaceId} takes {space.StorageBytes} bytes, more than {most}.");
        }

        if (options.MaxAge is { } old && space.Age > old)
        {
            yield return OfSpace(space, "age", $"Space {space.SpaceId} is {space.Age.TotalDays:0} days old, more than {old.TotalDays:0.##}.");
        }

        if (space.StuckJobs.Count > 0)
        {
            yield return OfSpace(space, "jobs", $"Space {space.SpaceId} has {space.StuckJobs.Count} jobs that execute and show no change for {options.JobStuckAfter}: {string.Join(", ", space.StuckJobs.Take(5))}.");
        }
    }

    public static IEnumerable<Alert> Of(AgentReading agent, MonitoringOptions options)
    {
        if (options.MaxDeadLetters is { } letters && agent.DeadLetters > letters)
        {
            yield return new Alert("agent:deadLetters", "deadLetters", null, Invariant($"{agent.DeadLetters} dead letters wait, more than {letters}: ./agent dead list shows them."));
        }

        if (options.TicketStuckAfter is { } long1 && agent.OldestTicket > long1)
        {
            yield return new Alert("agent:tickets", "tickets", null, Invariant($"The oldest of {agent.OpenTickets} open jobs is open for {agent.OldestTicket}, longer than {long1}."));
        }

        if (options.MaxErrorPercent is { } percent && agent.Runs >= options.MinRuns && agent.ErrorPercent > percent)
        {
            yield return new Alert("agent:errors", "errors", null, Invariant($"{agent.FailedRuns} of {agent.Runs} job runs of the last hour failed, more than {percent} percent."));
        }
    }

    private static Alert OfSpace(SpaceReading space, string kind, FormattableString text) => new($"space:{space.SpaceId}:{kind}", kind, space.SpaceId, Invariant(text));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
