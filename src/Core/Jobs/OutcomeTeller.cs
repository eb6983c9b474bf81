using System.Net;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Tells Flatfile how a job ended, through short outages. Longer ones send the ticket back to wait.</summary>
internal sealed partial class OutcomeTeller(ShutdownSignals signals, TimeProvider time, ILogger<OutcomeTeller> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TellAnswer Cancelled = new(TicketState.Canceled, "The job was cancelled.");

    public async Task<TellAnswer> TellAsync(FlatfileClient client, string jobId, JobOutcome outcome, CancellationToken cancellationToken)
    {
        var pause = new Pause(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10), time);
        var until = time.GetUtcNow() + Patience;
        while (true)
        {
            try
            {
                var job = await (outcome.Succeeded
                    ? client.Jobs.CompleteAsync(jobId, outcome.End, cancellationToken)
                    : client.Jobs.FailAsync(jobId, outcome.End, cancellationToken)).ConfigureAwait(false);
                // A person may have cancelled it in that moment; then the answer is a success and says so.
                return job.Status == JobStatus.Canceled ? Cancelled : new TellAnswer(outcome.Succeeded ? TicketState.Completed : TicketState.Failed, outcome.Message);
            }
            catch (FlatfileApiException gone) when (gone.Status == HttpStatusCode.NotFound)
            {
                return new TellAnswer(TicketState.Closed, "The job is gone in Flatfile; its space was deleted, or the job itself.");
            }
            catch (FlatfileApiException ended) when (ended.Status == HttpStatusCode.Conflict)
            {
                return await StateOfAsync(client, jobId, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (FaultKinds.IsOutage(fault) || !FaultKinds.IsPermanent(fault))
            {
                if (cancellationToken.IsCancellationRequested || signals.Stopping.IsCancellationRequested || time.GetUtcNow() > until)
                {
                    return new TellAnswer(null, fault.Message);
                }

                NotTold(log, fault, jobId);
                await pause.WaitAsync(signals.Stopping).ConfigureAwait(false);
            }
            catch (Exception fault) when (outcome.Succeeded)
            {
                Refused(log, fault, jobId);
                outcome = JobOutcome.Failure($"The work is done, but Flatfile refused its outcome: {fault.Message}");
            }
            catch (Exception fault)
            {
                return new TellAnswer(null, fault.Message);
            }
        }
    }

    /// <summary>Where the job stands when it cannot be ended by us; null when it can.</summary>
    public static TellAnswer? Ended(Job job) => job.Status switch
    {
        JobStatus.Complete => new TellAnswer(TicketState.Completed, "The job was complete already."),
        JobStatus.Failed => new TellAnswer(TicketState.Failed, "The job had failed already."),
        JobStatus.Canceled => Cancelled,
        _ => null,
    };

    private static async Task<TellAnswer> StateOfAsync(FlatfileClient client, string jobId, CancellationToken cancellationToken)
    {
        try
        {
            var job = await client.Jobs.GetAsync(jobId, cancellationToken).ConfigureAwait(false);
            return Ended(job) ?? new TellAnswer(null, $"Flatfile refused the end of the job while it is '{job.Status}'.");
        }
        catch (FlatfileApiException fault)
        {
            return fault.Status == HttpStatusCode.NotFound
                ? new TellAnswer(TicketState.Closed, "The job is gone in Flatfile.")
                : new TellAnswer(null, fault.Message);
        }
    }
}
