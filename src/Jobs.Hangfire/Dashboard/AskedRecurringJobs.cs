using Hangfire;
using Hangfire.Common;

namespace Flatfile.Agent.Jobs.Hangfire.Dashboard;

/// <summary>What the dashboard does with recurring work: a trigger there is a person's wish, not a time that came.</summary>
internal sealed class AskedRecurringJobs(HangfireStore store) : IRecurringJobManager
{
    public void Trigger(string recurringJobId) => store.Client().Create(RecurringWork.AskedRowOf(recurringJobId), new global::Hangfire.States.EnqueuedState(TicketQueues.Fresh));

    /// <summary>What recurs is written in the settings and in plugins; taken out here it would be back at the next start, unseen until then.</summary>
    public void RemoveIfExists(string recurringJobId)
    {
    }

    public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options) =>
        throw new NotSupportedException("The dashboard has no page that adds recurring work.");
}
