using System.Globalization;
using System.Net;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Progress;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>One run of a job handler: ask where the job stands, acknowledge, run, flush the progress, say what follows.</summary>
internal sealed partial class JobAttempt(
    HandlerCatalogSource catalogs, ITicketStore tickets, JobRetryPolicy retry, ShutdownSignals signals, AgentMetrics metrics,
    IOptions<AgentOptions> options, ILoggerFactory loggers, TimeProvider time, ILogger<JobAttempt> log)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);

    private JobAttemptOptions Limits => options.Value.Jobs;

    /// <summary>The pause while Flatfile does not answer: grows to half a minute.</summary>
    public static TimeSpan OutageDelay(int attempt) => TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, Math.Min(attempt, 5))));

    public async Task<RunEnd> RunAsync(JobTicket ticket, RunControl run, RunScope scope)
    {
        if (catalogs.Current.Find(ticket.HandlerId) is not { Kind: HandlerKind.Job } binding)
        {
            return new RunEnd.Tell(JobOutcome.Failure(
                $"The job handler '{ticket.HandlerId}' is not loaded any more. Bring its plugin back and retry the job."));
        }

        Job job;
        try
        {
            job = await scope.Client.Jobs.GetAsync(ticket.JobId, run.Token).ConfigureAwait(false);
            if (OutcomeTeller.Ended(job) is { } ended)
            {
                return new RunEnd.Close(ended.State!.Value, ended.Reason);
            }

            var first = ticket.Attempt == 1;
            job = await scope.Client.Jobs.AckAsync(
                ticket.JobId,
                first ? new JobAck { Info = "Accepted", Progress = 0 } : new JobAck { Info = string.Create(CultureInfo.InvariantCulture, $"Resumed (run {ticket.Attempt})") },
                run.Token).ConfigureAwait(false);
        }
        catch (FlatfileApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return new RunEnd.Close(TicketState.Closed, "The job is gone in Flatfile; its space was deleted, or the job itself.");
        }
        catch (Exception fault)
        {
            return AfterFault(ticket, run, fault, beforeHandler: true);
        }

        if (job.Status == JobStatus.Canceled)
        {
            return new RunEnd.Close(TicketState.Canceled, "The job was cancelled.");
        }

        return await RunHandlerAsync(ticket, job, binding, run, scope).ConfigureAwait(false);
    }

    private async Task<RunEnd> RunHandlerAsync(JobTicket ticket, Job job, HandlerBinding binding, RunControl run, RunScope scope)
    {
        var logger = loggers.CreateLogger(binding.HandlerId);
        await using var progress = new ProgressBuffer(
            job.Progress ?? 0, ProgressInterval, (report, token) => SendAsync(ticket, report, run, scope.Client, token), fault => ProgressNotSent(log, fault, ticket.JobId), time);
        using var watching = new CancellationTokenSource();
        var watch = new RunWatch(ticket, run, scope.Client, tickets, Limits, time, log).WatchAsync(watching.Token);
        RunEnd end;
        try
        {
            var result = await TimedAttempt.RunAsync(
                token => binding.CreateJobHandler(scope.Services).RunAsync(
                    new JobRunContext(ticket, FlatfileEvent.Parse(ticket.Event), progress, tickets, run, logger, signals.Stopping), token),
                Limits.AttemptTimeout, time, run.Token).ConfigureAwait(false);
            end = run.Cause == RunEndCause.Canceled ? Canceled() : new RunEnd.Tell(JobOutcome.Of(result));
        }
        catch (StuckHandlerException stuck)
        {
            Stuck(log, ticket.HandlerId, ticket.JobId);
            scope.LeaveAlone(stuck.Running);
            run.End(RunEndCause.Halted);
            end = AfterFault(ticket, run, new TimeoutException(stuck.Message, stuck), beforeHandler: false);
        }
        catch (Exception fault)
        {
            end = AfterFault(ticket, run, fault, beforeHandler: false);
        }

        await watching.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        if (run.Cause == RunEndCause.LeaseLost)
        {
            return new RunEnd.Lost();
        }

        if (end is RunEnd.Tell or RunEnd.Return { Failed: true })
        {
            await FlushAsync(ticket, end, progress, job).ConfigureAwait(false);
        }

        return end;
    }

    /// <summary>What a fault means for the ticket: the cause the run was ended for counts before the exception.</summary>
    private RunEnd AfterFault(JobTicket ticket, RunControl run, Exception fault, bool beforeHandler)
    {
        switch (run.Cause)
        {
            case RunEndCause.LeaseLost:
                return new RunEnd.Lost();
            case RunEndCause.Canceled:
                return Canceled();
            case RunEndCause.Halted when signals.Stopping.IsCancellationRequested:
                return new RunEnd.Return(null, Failed: false, "Handed back at shutdown.");
        }

        if (signals.Stopping.IsCancellationRequested && FaultKinds.IsOutage(fault))
        {
            return new RunEnd.Return(null, Failed: false, "Handed back at shutdown.");
        }

        if (beforeHandler && FaultKinds.IsOutage(fault))
        {
            return new RunEnd.Return(OutageDelay(ticket.Attempt), Failed: false, $"Flatfile does not answer: {fault.Message}");
        }

        if (fault is JobFailedException failed)
        {
            return new RunEnd.Tell(JobOutcome.Failure(failed.Message, failed.Details));
        }

        metrics.HandlerFailed(ticket.HandlerId);
        var failures = ticket.Failures + 1;
        Failed(log, fault, ticket.HandlerId, ticket.JobId, failures);
        return retry.Policy.Decide(new Failure(fault, failures)) switch
        {
            RetryDecision.RetryAfter again => new RunEnd.Return(again.Delay, Failed: true, fault.Message),
            RetryDecision.Park park => new RunEnd.Tell(JobOutcome.Failure(park.Reason)),
            RetryDecision.GiveUp giveUp => new RunEnd.Tell(JobOutcome.Failure(giveUp.Reason)),
            _ => throw new InvalidOperationException("A retry decision without a consequence."),
        };
    }

    private async Task FlushAsync(JobTicket ticket, RunEnd end, ProgressBuffer progress, Job job)
    {
        if (end is RunEnd.Return back)
        {
            var wait = back.Delay is { } delay ? string.Create(CultureInfo.InvariantCulture, $" in {Math.Ceiling(delay.TotalSeconds)} s") : string.Empty;
            progress.Report(
                job.Progress ?? 0,
                string.Create(CultureInfo.InvariantCulture, $"Run {ticket.Attempt} failed: {back.Reason} Trying again{wait} ({ticket.Failures + 2} of {Limits.MaxAttempts})."));
        }

        using var patience = new CancellationTokenSource(FlushPatience, time);
        await progress.CloseAsync(patience.Token).ConfigureAwait(false);
    }

    private static async Task SendAsync(JobTicket ticket, ProgressReport report, RunControl run, FlatfileClient client, CancellationToken cancellationToken)
    {
        var job = await client.Jobs.AckAsync(ticket.JobId, new JobAck { Progress = report.Percent, Info = report.Info }, cancellationToken).ConfigureAwait(false);
        if (job.Status == JobStatus.Canceled)
        {
            run.End(RunEndCause.Canceled);
        }
    }

    private static RunEnd.Close Canceled() => new(TicketState.Canceled, "The job was cancelled or deleted in Flatfile.");
}
