using System.Globalization;
using System.Net;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Failing;
using Flatfile.Agent.Core.Jobs.Splitting;
using Flatfile.Agent.Core.Progress;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>One run of a job handler: ask where the job stands, acknowledge, run, flush the progress, say what follows.</summary>
internal sealed partial class JobAttempt(
    HandlerCatalogSource catalogs, ITicketStore tickets, RunConsequences consequences, DispatchRules rules, StuckHandlers stuckHandlers, RecordingShelf recordings,
    ShutdownSignals signals, IEnumerable<IProgressWatcher> watchers, IOptions<AgentOptions> options, ILoggerFactory loggers, TimeProvider time, ILogger<JobAttempt> log)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AbsentDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(5);

    private JobAttemptOptions Limits => options.Value.Jobs;

    public async Task<RunEnd> RunAsync(JobTicket ticket, RunControl run, RunScope scope)
    {
        // Whatever is swapped meanwhile: the run stays with the version it began with, and that one's code stays in memory.
        var (found, hold) = catalogs.Hold(ticket.HandlerId);
        using var held = hold;
        if (found is not { Kind: HandlerKind.Job } binding)
        {
            if (catalogs.Current.FindAbsent(ticket.HandlerId) is { } absent && time.GetUtcNow() < absent.JobsWaitUntil)
            {
                return new RunEnd.Park(AbsentDelay, $"{absent.Reason} The job waits until it is back.");
            }

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

            if (job.Status == JobStatus.Waiting && await WaitForPartsAsync(job, run, scope).ConfigureAwait(false) is { } parked)
            {
                return parked;
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
            return consequences.OfFault(ticket, binding, run, fault, beforeHandler: true);
        }

        if (job.Status == JobStatus.Canceled)
        {
            return new RunEnd.Close(TicketState.Canceled, "The job was cancelled.");
        }

        FailPoint.Hit(FailPoints.Acknowledged);
        return await RunHandlerAsync(ticket, job, binding, run, scope).ConfigureAwait(false);
    }

    /// <summary>A job whose parts have not ended goes on waiting, and tells how far they are; null when it may go on.</summary>
    private async Task<RunEnd?> WaitForPartsAsync(Job job, RunControl run, RunScope scope)
    {
        if (await new JobSplitting(job.Id, job.ParentId, scope.Client, run.Memory).LookAsync(run.Token).ConfigureAwait(false) is not { AreMade: true, HaveEnded: false } parts)
        {
            return null;
        }

        var info = string.Create(CultureInfo.InvariantCulture, $"{parts.Ended} of {parts.Count} parts have ended");
        var percent = Math.Max(job.Progress ?? 0, Math.Round(parts.Percent, 1));
        if (percent > (job.Progress ?? 0) || job.Info != info)
        {
            await scope.Client.Jobs.AckAsync(job.Id, new JobAck { Progress = percent, Info = info }, run.Token).ConfigureAwait(false);
        }

        return new RunEnd.Park(Limits.PartsCheck, $"{info}.");
    }

    private async Task<RunEnd> RunHandlerAsync(JobTicket ticket, Job job, HandlerBinding binding, RunControl run, RunScope scope)
    {
        var @event = FlatfileEvent.Parse(ticket.Event);
        await RecordAsync(ticket, job, @event, binding, scope).ConfigureAwait(false);
        var remaining = new RemainingTime(time);
        await using var progress = new ProgressBuffer(
            job.Progress ?? 0, ProgressInterval, (report, token) => SendAsync(ticket, report, remaining, run, scope.Client, token),
            fault => ProgressNotSent(log, fault, ticket.JobId), time);
        using var watching = new CancellationTokenSource();
        var watch = new RunWatch(ticket, run, scope.Client, consequences.SilenceOf(binding), Limits, time, log).WatchAsync(watching.Token);
        Exception? thrown = null;
        RunEnd end;
        try
        {
            run.SignOfLife();
            var context = new JobRunContext(
                job, @event, progress, tickets, run, loggers.CreateLogger(binding.HandlerId), signals.Stopping, scope.Services.GetRequiredService<FlatfileClient>);
            var result = await TimedAttempt.RunAsync(
                token => binding.CreateJobHandler(scope.Services).RunAsync(context, token),
                rules.Of(binding).AttemptTimeout ?? Limits.AttemptTimeout, options.Value.StopPatience, time, run.Token).ConfigureAwait(false);
            binding.Live?.Calls.Ended(null);
            FailPoint.Hit(FailPoints.HandlerReturned);
            end = consequences.OfResult(result, run);
        }
        catch (StuckHandlerException stuck)
        {
            thrown = stuck;
            Stuck(log, ticket.HandlerId, ticket.JobId);
            Count(binding, run, stuck);
            scope.LeaveAlone(stuck.Running);
            run.End(RunEndCause.Halted);
            stuckHandlers.Add(ticket.HandlerId, stuck.Running);
            end = consequences.OfFault(ticket, binding, run, new TimeoutException(stuck.Message, stuck), beforeHandler: false);
        }
        catch (Exception fault)
        {
            thrown = fault;
            Count(binding, run, fault);
            end = consequences.OfFault(ticket, binding, run, fault, beforeHandler: false);
        }

        recordings.Ended(scope.Recording, end, thrown);
        await watching.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        if (run.Cause == RunEndCause.LeaseLost)
        {
            return new RunEnd.Lost();
        }

        if (end is RunEnd.Tell or RunEnd.Return { Failed: true })
        {
            await FlushAsync(ticket, binding, end, progress, job).ConfigureAwait(false);
        }

        return await RunConsequences.WithReasonAsync(end, ticket, scope.Client).ConfigureAwait(false);
    }

    private async Task RecordAsync(JobTicket ticket, Job job, FlatfileEvent @event, HandlerBinding binding, RunScope scope)
    {
        if (recordings.IsOn)
        {
            var checkpoint = await tickets.LoadCheckpointAsync(ticket.Id, CancellationToken.None).ConfigureAwait(false);
            scope.Recording = recordings.Begin(new RecordedRunFacts(
                @event, ticket.HandlerId, binding.Plugin, catalogs.Current.VersionOf(binding.HandlerId), ticket.JobId, ticket.Attempt, checkpoint is null ? default(ReadOnlyMemory<byte>?) : checkpoint, time.GetUtcNow())
            {
                Part = JobParts.Of(job),
            });
        }
    }

    private static void Count(HandlerBinding binding, RunControl run, Exception fault)
    {
        if (run.Cause is RunEndCause.None or RunEndCause.Stalled)
        {
            binding.Live?.Calls.Ended(fault);
        }
    }

    private async Task FlushAsync(JobTicket ticket, HandlerBinding binding, RunEnd end, ProgressBuffer progress, Job job)
    {
        if (end is RunEnd.Return back)
        {
            var wait = back.Delay is { } delay ? string.Create(CultureInfo.InvariantCulture, $" in {Math.Ceiling(delay.TotalSeconds)} s") : string.Empty;
            progress.Report(
                job.Progress ?? 0,
                string.Create(CultureInfo.InvariantCulture, $"Run {ticket.Attempt} failed: {back.Reason} Trying again{wait} ({ticket.Failures + 2} of {rules.Of(binding).MaxAttempts ?? Limits.MaxAttempts})."));
        }

        using var patience = new CancellationTokenSource(FlushPatience, time);
        await progress.CloseAsync(patience.Token).ConfigureAwait(false);
    }

    private async Task SendAsync(
        JobTicket ticket, ProgressReport report, RemainingTime remaining, RunControl run, FlatfileClient client, CancellationToken cancellationToken)
    {
        FailPoint.Hit(FailPoints.BeforeProgress);
        var ack = new JobAck { Progress = report.Percent, Info = report.Info, EstimatedCompletionAt = remaining.Note(report.Percent) };
        var job = await client.Jobs.AckAsync(ticket.JobId, ack, cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.AfterProgress);
        if (job.Status == JobStatus.Canceled)
        {
            run.End(RunEndCause.Canceled);
        }

        foreach (var watcher in watchers)
        {
            await watcher.ToldAsync(ticket.Id, report.Percent, report.Info, cancellationToken).ConfigureAwait(false);
        }
    }
}
