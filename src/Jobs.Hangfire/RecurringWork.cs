using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Hangfire.Common;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Tells that recurring work is due, or that a person asked for it.</summary>
internal sealed class RecurringWork(EngineRuns runs)
{
    /// <summary>Hangfire reads this method's name and arguments from a row: they stay as they are.</summary>
    /// <param name="work">The id of the recurring work.</param>
    /// <param name="cancellationToken">Trips when the row was put into another state, or the server stops.</param>
    public Task DueAsync(string work, CancellationToken cancellationToken) => runs.FireAsync(work, FireCause.Due, cancellationToken);

    /// <summary>As <see cref="DueAsync"/>, for a person.</summary>
    /// <param name="work">The id of the recurring work.</param>
    /// <param name="cancellationToken">Trips when the row was put into another state, or the server stops.</param>
    public Task AskedAsync(string work, CancellationToken cancellationToken) => runs.FireAsync(work, FireCause.Asked, cancellationToken);

    public static Job DueRowOf(string id) => Job.FromExpression<RecurringWork>(work => work.DueAsync(id, CancellationToken.None), TicketQueues.Fresh);

    public static Job AskedRowOf(string id) => Job.FromExpression<RecurringWork>(work => work.AskedAsync(id, CancellationToken.None), TicketQueues.Fresh);
}
