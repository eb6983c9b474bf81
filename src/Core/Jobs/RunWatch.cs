using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Beside a running handler: keeps the lease alive and asks Flatfile whether the job was cancelled.</summary>
internal sealed partial class RunWatch(
    JobTicket ticket, RunControl run, FlatfileClient client, ITicketStore tickets, JobAttemptOptions options, TimeProvider time, ILogger log)
{
    private DateTimeOffset _leaseUntil = time.GetUtcNow() + options.Lease;

    /// <summary>Goes on until the token fires.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            EachAsync(options.Lease / 6, RenewAsync, cancellationToken),
            EachAsync(options.CancelCheck, AskAsync, cancellationToken));

    private async Task EachAsync(TimeSpan interval, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && run.Cause != RunEndCause.LeaseLost)
        {
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await action(cancellationToken).ConfigureAwait(false);
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

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + options.Lease;
        try
        {
            if (!await tickets.RenewAsync(ticket.Id, ticket.Lease, until, cancellationToken).ConfigureAwait(false))
            {
                LeaseLost(log, ticket.JobId, ticket.Attempt);
                run.End(RunEndCause.LeaseLost);
                return;
            }

            _leaseUntil = until;
        }
        catch (Exception) when (time.GetUtcNow() > _leaseUntil)
        {
            LeaseLost(log, ticket.JobId, ticket.Attempt);
            run.End(RunEndCause.LeaseLost);
            throw;
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
        catch (FlatfileApiException gone) when (gone.Status == System.Net.HttpStatusCode.NotFound)
        {
            run.End(RunEndCause.Canceled);
        }
    }
}
