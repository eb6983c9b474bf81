using System.Net;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>What the end of a handler means for its ticket. The cause a run was ended for counts before what the handler says.</summary>
internal sealed partial class RunConsequences(
    JobRetryPolicy retry, DispatchRules rules, ShutdownSignals signals, AgentMetrics metrics, IOptions<AgentOptions> options, ILogger<RunConsequences> log)
{
    private JobAttemptOptions Limits => options.Value.Jobs;

    /// <summary>The pause while Flatfile does not answer: grows to half a minute.</summary>
    public static TimeSpan OutageDelay(int attempt) => TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, Math.Min(attempt, 5))));

    /// <summary>The longest time in which nothing may be seen of a run of this handler.</summary>
    public TimeSpan SilenceOf(HandlerBinding binding) => rules.Of(binding).MaxSilence ?? Limits.MaxSilence;

    /// <summary>The handler returned.</summary>
    public RunEnd OfResult(JobResult result, RunControl run) =>
        OfCause(run) ?? new RunEnd.Tell(run.Failure is { } failure ? JobOutcome.Failure(failure.Message, failure.Details) : JobOutcome.Of(result));

    /// <summary>The handler threw, or it was not reached.</summary>
    public RunEnd OfFault(JobTicket ticket, HandlerBinding binding, RunControl run, Exception fault, bool beforeHandler)
    {
        if (OfCause(run) is { } caused)
        {
            return caused;
        }

        if (signals.Stopping.IsCancellationRequested && (run.Cause == RunEndCause.Halted || FaultKinds.IsOutage(fault)))
        {
            return new RunEnd.Return(null, Failed: false, "Handed back at shutdown.");
        }

        if (beforeHandler && FaultKinds.IsOutage(fault))
        {
            return new RunEnd.Return(OutageDelay(ticket.Attempt), Failed: false, $"Flatfile does not answer: {fault.Message}");
        }

        if (run.Failure is null && FaultKinds.IsRateLimit(fault))
        {
            var asked = FaultKinds.RetryAfter(fault) ?? OutageDelay(ticket.Attempt);
            return new RunEnd.Return(asked < Limits.MaxDelay ? asked : Limits.MaxDelay, Failed: false, fault.Message);
        }

        if ((run.Failure ?? fault) is JobFailedException failed)
        {
            return new RunEnd.Tell(JobOutcome.Failure(failed.Message, failed.Details));
        }

        if (run.Cause == RunEndCause.Stalled)
        {
            fault = new TimeoutException($"Nothing was seen of it for {SilenceOf(binding)}: no progress, no checkpoint, no call to Flatfile.", fault);
        }

        metrics.HandlerFailed(ticket.HandlerId);
        var failures = ticket.Failures + 1;
        Failed(log, fault, ticket.HandlerId, ticket.JobId, failures);
        return retry.For(rules.Of(binding)).Decide(new Failure(fault, failures)) switch
        {
            RetryDecision.RetryAfter again => new RunEnd.Return(again.Delay, Failed: true, fault.Message),
            RetryDecision.Park park => new RunEnd.Tell(JobOutcome.Failure(park.Reason)),
            RetryDecision.GiveUp giveUp => new RunEnd.Tell(JobOutcome.Failure(giveUp.Reason)),
            _ => throw new InvalidOperationException("A retry decision without a consequence."),
        };
    }

    /// <summary>Says of a job that is gone whether its space is gone too.</summary>
    public static async Task<RunEnd> WithReasonAsync(RunEnd end, JobTicket ticket, FlatfileClient client)
    {
        if (end is not RunEnd.Close { State: TicketState.Failed } || FlatfileEvent.Parse(ticket.Event).Context.SpaceId is not { } space)
        {
            return end;
        }

        try
        {
            await client.Spaces.GetAsync(space, CancellationToken.None).ConfigureAwait(false);
            return end;
        }
        catch (FlatfileApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return new RunEnd.Close(TicketState.Failed, $"Space deleted: {space} was deleted in Flatfile while the job ran, and the job with it.");
        }
        catch (Exception fault) when (fault is FlatfileApiException or OperationCanceledException)
        {
            return end;
        }
    }

    private RunEnd? OfCause(RunControl run) => run.Cause switch
    {
        RunEndCause.LeaseLost => new RunEnd.Lost(),
        RunEndCause.Canceled => new RunEnd.Close(TicketState.Canceled, "The job was cancelled in Flatfile."),
        RunEndCause.Gone => new RunEnd.Close(TicketState.Failed, "The job was deleted in Flatfile while it ran."),
        RunEndCause.Split when run.Failure is null => new RunEnd.Return(Limits.PartsCheck, Failed: false, "The job waits for its parts."),
        _ => null,
    };
}
