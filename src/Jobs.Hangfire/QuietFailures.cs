using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Keeps what an exception said, and its trace, out of Hangfire's store and off its pages: it may hold what nobody should read there, and it names types.</summary>
internal sealed class QuietFailures : IServerFilter
{
    private const string Said = "The run could not be begun. The agent's log says why. A ticket is handed over again within a minute.";

    public void OnPerforming(PerformingContext context)
    {
    }

    /// <summary>Hangfire itself would store the exception; so the row is failed here, by one that was never thrown, and counts as dealt with.</summary>
    public void OnPerformed(PerformedContext context)
    {
        if (context.Exception is null || context.ExceptionHandled)
        {
            return;
        }

        context.ExceptionHandled = true;
        var failed = new FailedState(new InvalidOperationException(Said)) { Reason = Said };
        var filters = new JobFilterCollection();
        filters.Add(new TicketRows());
        new BackgroundJobClient(context.Storage, filters).ChangeState(context.BackgroundJob.Id, failed, ProcessingState.StateName);
    }
}
