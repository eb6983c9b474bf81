using Flatfile.Agent.Core.Jobs;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>A ticket as a one-shot trigger that has the ticket's name.</summary>
internal static class TicketTriggers
{
    /// <summary>Triggers are fired in the order of their times. What goes on before all others is given a time before all others.</summary>
    private static readonly DateTimeOffset BeforeAll = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TriggerKey KeyOf(string ticketId) => new(ticketId, QuartzSchedulers.Name);

    /// <remarks>A late trigger is left as it is: moved to the present it would lose its place, one after the other, a table write for each.</remarks>
    public static ITrigger Of(EngineTicket ticket, DateTimeOffset now) => TriggerBuilder.Create()
        .WithIdentity(KeyOf(ticket.Id))
        .ForJob(TicketJob.Key)
        .UsingJobData(TicketJob.TicketId, ticket.Id)
        .StartAt(ticket.NotBefore > now ? ticket.NotBefore.Value : ticket.Priority == TicketPriority.Begun ? BeforeAll : now)
        .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
        .Build();

    /// <summary>Every trigger of a ticket that will still be fired.</summary>
    public static async Task<IReadOnlyList<EngineEntry>> WaitingAsync(IScheduler scheduler, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var triggers = await scheduler.QueryTriggers(new TriggerQuery { Job = TicketJob.Key }, cancellationToken).ConfigureAwait(false);
        return [.. triggers.Items
            .Where(t => t.Key.Group == QuartzSchedulers.Name && t.NextFireTimeUtc is not null && t.State != TriggerState.Error)
            .Select(t => new EngineEntry(t.Key.Name, t.NextFireTimeUtc > now ? t.NextFireTimeUtc : null, IsRunning: false))];
    }

    /// <summary>The firings in hand, on all nodes.</summary>
    public static async Task<IReadOnlyList<FireInstance>> RunningAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var firings = await scheduler.QueryFireInstances(new FireInstanceQuery { Job = TicketJob.Key }, cancellationToken).ConfigureAwait(false);
        return firings.Items;
    }
}
