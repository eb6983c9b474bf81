using Hangfire.States;
using Hangfire.Storage;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Remembers in Hangfire's store which of its rows are open for a ticket, in the transaction that opens or ends them.</summary>
internal sealed class TicketRows : IApplyStateFilter
{
    private const string Prefix = "ticket:";

    public static string KeyOf(string ticketId) => Prefix + ticketId;

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (TicketWork.TicketOf(context.BackgroundJob.Job) is not { } ticketId)
        {
            return;
        }

        if (context.NewState.IsFinal || context.NewState.Name == FailedState.StateName)
        {
            transaction.RemoveFromSet(KeyOf(ticketId), context.BackgroundJob.Id);
            HangfireProgress.Forget(transaction, ticketId);
        }
        else if (context.OldStateName is null)
        {
            transaction.AddToSet(KeyOf(ticketId), context.BackgroundJob.Id);
        }
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }
}
