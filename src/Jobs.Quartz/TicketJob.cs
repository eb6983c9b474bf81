using Flatfile.Agent.Core.Jobs;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Hands the id of a ticket to the runner.</summary>
internal sealed class TicketJob(EngineRuns runs) : IJob
{
    /// <summary>What the store keeps instead of a type name.</summary>
    public const string StoredName = "ticket";

    /// <summary>The name of the id among a trigger's data.</summary>
    public const string TicketId = "ticket";

    /// <summary>The one job that stands for all tickets.</summary>
    public static readonly JobKey Key = new("ticket", QuartzSchedulers.Name);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (context.MergedJobDataMap.GetString(TicketId) is { } ticketId)
        {
            await runs.RunAsync(ticketId, cancellationToken).ConfigureAwait(false);
        }
    }
}
