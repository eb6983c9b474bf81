using Flatfile.Agent.Core.Jobs;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>The one job Quartz knows: hands the ticket id to the runner.</summary>
internal sealed class TicketJob(IJobRunner runner) : IJob
{
    /// <summary>What the store keeps instead of a type name.</summary>
    public const string StoredName = "ticket";

    /// <summary>The name of the id among a trigger's data.</summary>
    public const string TicketId = "ticket";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (context.MergedJobDataMap.GetString(TicketId) is { } ticketId)
        {
            await runner.RunAsync(ticketId, cancellationToken).ConfigureAwait(false);
        }
    }
}
