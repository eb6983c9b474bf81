using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Failing;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Runs one attempt at a ticket: claim, run, tell, end, arm the next of the lane.</summary>
internal sealed partial class JobRunner(
    ITicketStore tickets, JobAttempt attempt, OutcomeTeller teller, TicketArming arming, JobPlaces places, RunningJobs running, AgentOwner owner,
    LeaseThread leases, IJobNotes notes, INodes nodes, ShutdownSignals signals, IServiceScopeFactory scopes, HandlerCatalogSource catalogs, AgentMetrics metrics, IOptions<AgentOptions> options,
    TimeProvider time, ILogger<JobRunner> log) : IJobRunner
{
    private JobAttemptOptions Limits => options.Value.Jobs;

    public async Task RunAsync(string ticketId, CancellationToken cancellationToken)
    {
        if (signals.Stopping.IsCancellationRequested)
        {
            return;
        }

        using var entered = running.Enter();
        await using var place = await places.TryTakeAsync(ticketId, cancellationToken).ConfigureAwait(false);
        if (place is null)
        {
            NoPlace(log, ticketId);
            return;
        }

        FailPoint.Hit(FailPoints.Fetched);
        var owned = owner.Current;
        var claimedAt = time.GetTimestamp();
        var (answer, ticket) = await tickets.ClaimAsync(ticketId, owned.Id, Limits.Lease, cancellationToken).ConfigureAwait(false);
        switch (answer)
        {
            case ClaimAnswer.Claimed:
                await RunClaimedAsync(ticket!, owned, claimedAt, cancellationToken).ConfigureAwait(false);
                return;
            case ClaimAnswer.Early:
                await arming.ArmAsync(ticket!, cancellationToken).ConfigureAwait(false);
                return;
            default:
                NotRun(log, ticketId, answer);
                return;
        }
    }

    private async Task RunClaimedAsync(JobTicket ticket, Ownership owned, long claimedAt, CancellationToken cancellationToken)
    {
        using var activity = metrics.StartActivity("flatfile.job", ticket.TraceParent);
        using var named = log.BeginScope("Job {JobId} of event {EventId}, handler {Handler}, run {Attempt}", ticket.JobId, ticket.EventId, ticket.HandlerId, ticket.Attempt);
        FailPoint.Hit(FailPoints.Claimed);
        await using var scope = new RunScope(scopes);
        using var run = new RunControl(scope.Fence, new RunLease(ticket, tickets, claimedAt, Limits.Lease, time), notes, time);
        using var kept = leases.Keep(run);
        using var lost = owned.Lost.Register(() => run.End(RunEndCause.LeaseLost));
        using var halted = signals.Halted.Register(() => run.End(RunEndCause.Halted));
        using var engineEnded = cancellationToken.Register(() => run.End(RunEndCause.Halted));
        running.Add(ticket.JobId, run);
        try
        {
            var end = await RunAsync(ticket, run, scope).ConfigureAwait(false);
            await SettleAsync(ticket, end, run, scope).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Only the store fails like this. The lease runs out and the reconciler takes the ticket back.
            Broken(log, fault, ticket.Id);
        }
        finally
        {
            running.Remove(ticket.JobId, run);
        }

        FailPoint.Hit(FailPoints.Ended);
        await ArmNextAsync(ticket).ConfigureAwait(false);
    }

    private async Task<RunEnd> RunAsync(JobTicket ticket, RunControl run, RunScope scope)
    {
        var deaths = ticket.Fatal - 1;
        if (ticket.Outcome is null && deaths < Limits.MaxFatalAttempts)
        {
            return await attempt.RunAsync(ticket, run, scope).ConfigureAwait(false);
        }

        // The handler ended in an earlier run, or will not be started again: only Flatfile is left. It may know already.
        var outcome = ticket.Outcome is { } saved
            ? JobOutcome.FromJson(saved)
            : JobOutcome.Failure($"The worker died {deaths} times while running this job. Look for what ends the process in its log, then retry the job.");
        try
        {
            var job = await scope.Client.Jobs.GetAsync(ticket.JobId, run.Token).ConfigureAwait(false);
            if (OutcomeTeller.Ended(job) is { } ended)
            {
                return new RunEnd.Close(ended.State!.Value, ended.Reason);
            }
        }
        catch (FlatfileApiException fault)
        {
            NotAsked(log, fault, ticket.JobId);
        }

        return new RunEnd.Tell(outcome);
    }

    private async Task SettleAsync(JobTicket ticket, RunEnd end, RunControl run, RunScope scope)
    {
        switch (end)
        {
            case RunEnd.Tell tell:
                await TellAsync(ticket, tell.Outcome, run, scope).ConfigureAwait(false);
                break;
            case RunEnd.Close close:
                await EndAsync(ticket, close.State, close.Reason, null).ConfigureAwait(false);
                break;
            case RunEnd.Return back:
                await ReturnAsync(ticket, back).ConfigureAwait(false);
                break;
            case RunEnd.Park park:
                await tickets.ParkAsync(ticket.Id, ticket.Lease, park.Delay, park.Reason, CancellationToken.None).ConfigureAwait(false);
                Parked(log, ticket.JobId, park.Reason);
                break;
            default:
                TakenOver(log, ticket.JobId, ticket.Attempt);
                break;
        }
    }

    private async Task TellAsync(JobTicket ticket, JobOutcome outcome, RunControl run, RunScope scope)
    {
        if (ticket.Outcome is null && !await tickets.SaveOutcomeAsync(ticket.Id, ticket.Lease, outcome.ToJson(), CancellationToken.None).ConfigureAwait(false))
        {
            TakenOver(log, ticket.JobId, ticket.Attempt);
            return;
        }

        FailPoint.Hit(FailPoints.BeforeComplete);
        var answer = await teller.TellAsync(scope.Client, ticket.JobId, outcome, run.Token).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.AfterComplete);
        if (answer.State is { } state)
        {
            await EndAsync(ticket, state, answer.Reason, null).ConfigureAwait(false);
            return;
        }

        var deadline = (ticket.OutcomeAt ?? time.GetUtcNow()) + Limits.OutcomeDeadline;
        if (time.GetUtcNow() < deadline)
        {
            await ReturnAsync(ticket, new RunEnd.Return(RunConsequences.OutageDelay(ticket.Attempt), Failed: false, answer.Reason)).ConfigureAwait(false);
            return;
        }

        var reason = $"The end of job {ticket.JobId} could not be told to Flatfile for {Limits.OutcomeDeadline}: {answer.Reason}";
        var letter = DeadLetter.Of(ticket, catalogs.Current, reason, outcome.ToJson(), time.GetUtcNow());
        await EndAsync(ticket, TicketState.Dead, reason, letter).ConfigureAwait(false);
    }

    private async Task EndAsync(JobTicket ticket, TicketState state, string reason, DeadLetter? letter)
    {
        if (await tickets.EndAsync(ticket.Id, ticket.Lease, state, reason, letter, CancellationToken.None).ConfigureAwait(false))
        {
            metrics.JobEnded(state.ToString());
            Ended(log, ticket.JobId, state, ticket.Attempt, reason);
        }
    }

    private async Task ReturnAsync(JobTicket ticket, RunEnd.Return back)
    {
        var due = back.Delay is { } delay ? time.GetUtcNow() + delay : default(DateTimeOffset?);
        await tickets.ReturnAsync(ticket.Id, ticket.Lease, back.Delay, back.Failed, back.Reason, CancellationToken.None).ConfigureAwait(false);
        if (due is null && !back.Failed)
        {
            HandedBack(log, ticket.JobId, ticket.Attempt, back.Reason);
            await nodes.TellAsync().ConfigureAwait(false);
            return;
        }

        Returned(log, ticket.JobId, ticket.Attempt, due, back.Reason);
    }

    private async Task ArmNextAsync(JobTicket ticket)
    {
        if (signals.Stopping.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await arming.ArmLaneAsync(ticket.Lane, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Broken(log, fault, ticket.Id);
        }
    }
}
