using System.Net;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Beside a running handler: asks Flatfile whether the job was cancelled, and looks whether anything is seen of the run.</summary>
internal sealed partial class RunWatch(JobTicket ticket, RunControl run, FlatfileClient client, TimeSpan silence, JobAttemptOptions options, TimeProvider time, ILogger log)
{
    /// <summary>Goes on until the token fires.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && run.Cause == RunEndCause.None)
        {
            await Task.Delay(options.CancelCheck, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (run.Silence > silence)
            {
                Silent(log, ticket.JobId, ticket.Attempt, silence);
                run.End(RunEndCause.Stalled);
                return;
            }

            try
            {
                await AskAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Faulted(log, fault, ticket.JobId);
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var job = await client.Jobs.GetAsync(ticket.JobId, cancellationToken).ConfigureAwait(false);
            if (job.Status == JobStatus.Canceled)
            {
                run.End(RunEndCause.Canceled);
            }
        }
        catch (FlatfileApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            run.End(RunEndCause.Gone);
        }
    }
}
