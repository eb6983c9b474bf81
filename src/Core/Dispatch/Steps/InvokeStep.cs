using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Dispatch.Suspects;
using Flatfile.Agent.Core.Failing;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Runs the inline handlers in order, each alone. One that fails is tried again after the others had their turn, with the lane kept.</summary>
internal sealed partial class InvokeStep(
    HandlerInvoker invoker, SuspectStage suspects, IInbox inbox, IDeadLetters deadLetters, Places places, DispatchRules rules, EventRetryPolicy retry,
    AgentOwner owner, ShutdownSignals signals, AgentMetrics metrics, TimeProvider time, ILogger<InvokeStep> log) : IEventStep
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public string Name => "Invoke";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        // Once the others take this agent for dead they have its events: what runs here is ended, like a run that lost its lease.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, owner.Current.Lost);
        var open = receipt.Bindings.Where(b => b.Kind == HandlerKind.Event).Select(b => new InlineTry(b)).ToList();
        try
        {
            while (open.Count > 0)
            {
                await RoundAsync(receipt, open, ended.Token).ConfigureAwait(false);
                if (open.Count > 0 && open.Min(t => t.Due) - time.GetUtcNow() is { } pause && pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, time, signals.Stopping).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            await HandBackAsync(receipt, open).ConfigureAwait(false);
            throw;
        }

        await next(receipt, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives each handler whose time has come one try.</summary>
    private async Task RoundAsync(EventReceipt receipt, List<InlineTry> open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var handler in open.FindAll(t => t.Due <= now))
        {
            signals.Stopping.ThrowIfCancellationRequested();
            if (!handler.IsDone && handler.Due <= now && await TryAsync(receipt, handler, open, cancellationToken).ConfigureAwait(false))
            {
                handler.IsDone = true;
            }
        }

        open.RemoveAll(t => t.IsDone);
    }

    /// <summary>Returns true when nothing is left to do for this handler.</summary>
    private async Task<bool> TryAsync(EventReceipt receipt, InlineTry handler, List<InlineTry> open, CancellationToken cancellationToken)
    {
        var place = await PlaceAsync(receipt, handler).ConfigureAwait(false);
        try
        {
            if (!handler.Claimed)
            {
                await ClaimAsync(receipt, handler, open, cancellationToken).ConfigureAwait(false);
                if (!handler.Claimed)
                {
                    return handler.IsDone;
                }
            }

            if (!suspects.IsFor(handler) && suspects.IsUnsettled(handler.Binding))
            {
                place.Dispose();
                await suspects.WhenSettledAsync(handler.Binding, signals.Stopping).ConfigureAwait(false);
                place = await PlaceAsync(receipt, handler).ConfigureAwait(false);
            }

            return await RunAsync(receipt, handler, place, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            place.Dispose();
        }
    }

    private Task<Places.Held> PlaceAsync(EventReceipt receipt, InlineTry handler) =>
        places.TakeAsync(handler.Binding, rules.Of(handler.Binding), receipt.Event, signals.Stopping);

    private async Task<bool> RunAsync(EventReceipt receipt, InlineTry handler, Places.Held place, CancellationToken cancellationToken)
    {
        if (handler.AllDeaths >= suspects.Limit)
        {
            await GiveUpAsync(receipt, handler, Died(handler) + ".", null, cancellationToken).ConfigureAwait(false);
            return true;
        }

        try
        {
            if (suspects.IsFor(handler))
            {
                place.Dispose();
                await suspects.RunAsync(receipt, handler, signals.Stopping, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await invoker.InvokeAsync(receipt.Event, handler.Binding, handler.Failures + 1, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The grace time is over, or this agent was taken for dead and another one has the event.", cancellationToken);
        }
        catch (OperationCanceledException stopped) when (stopped.CancellationToken == signals.Stopping)
        {
            throw;
        }
        catch (ProcessDiedException death)
        {
            return await AfterDeathAsync(receipt, handler, death, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            return await DecideAsync(receipt, handler, fault, cancellationToken).ConfigureAwait(false);
        }

        FailPoint.Hit(FailPoints.EventHandled);

        // The handler is over: writing needs no place among the running.
        place.Dispose();
        await inbox.DoneAsync(receipt.Event.Id, handler.Binding.HandlerId, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Nothing begins before the inbox knows of it. One write claims the event for all that can begin now; a handler with limits is claimed
    /// when it has its place. What another agent has in hand is asked for again after a growing pause.
    /// </summary>
    private async Task ClaimAsync(EventReceipt receipt, InlineTry first, List<InlineTry> open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wanted = open.FindAll(t => t == first || (!t.Claimed && !t.IsDone && t.Due <= now && rules.Of(t.Binding).Limits.Count == 0));
        var claims = await inbox.ClaimAsync(receipt.Event.Id, wanted.ConvertAll(t => t.Binding.HandlerId), cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.EventClaimed);
        for (var i = 0; i < claims.Count; i++)
        {
            var handler = wanted[i];
            switch (claims[i].Answer)
            {
                case InboxAnswer.Claimed:
                    handler.Begin(claims[i]);
                    break;
                case InboxAnswer.Done:
                    KnownAlready(log, receipt.Event.Id, handler.Binding.HandlerId);
                    handler.IsDone = true;
                    break;
                default:
                    InOtherHands(log, receipt.Event.Id, handler.Binding.HandlerId);
                    var pause = TimeSpan.FromMilliseconds(20 * Math.Pow(2, Math.Min(handler.Refusals++, 10)));
                    handler.Due = now + (pause < LongestWait ? pause : LongestWait);
                    break;
            }
        }
    }

    private async Task<bool> AfterDeathAsync(EventReceipt receipt, InlineTry handler, ProcessDiedException death, CancellationToken cancellationToken)
    {
        metrics.HandlerFailed(handler.Binding.HandlerId);
        if (handler.AllDeaths < suspects.Limit)
        {
            return false;
        }

        await GiveUpAsync(receipt, handler, $"{Died(handler)} ({ProcessDiedException.Describe(death.ExitCode)})", death, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> DecideAsync(EventReceipt receipt, InlineTry handler, Exception fault, CancellationToken cancellationToken)
    {
        if (FaultKinds.IsRateLimit(fault))
        {
            var pause = FaultKinds.RetryAfter(fault) ?? TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, Math.Min(handler.Refusals++, 5))));
            handler.Due = time.GetUtcNow() + pause;
            ToldToWait(log, handler.Binding.HandlerId, receipt.Event.Id, pause);
            return false;
        }

        handler.Failures++;
        handler.IsStuck |= fault is StuckHandlerException;
        metrics.HandlerFailed(handler.Binding.HandlerId);
        switch (retry.For(rules.Of(handler.Binding)).Decide(new Failure(fault, handler.Failures)))
        {
            case RetryDecision.RetryAfter again:
                handler.Due = time.GetUtcNow() + again.Delay;
                FailedOnce(log, fault, handler.Binding.HandlerId, receipt.Event.Id, handler.Failures, again.Delay);
                return false;
            case RetryDecision.Park park:
                await GiveUpAsync(receipt, handler, park.Reason, fault, cancellationToken).ConfigureAwait(false);
                return true;
            case RetryDecision.GiveUp giveUp:
                await GiveUpAsync(receipt, handler, giveUp.Reason, fault, cancellationToken).ConfigureAwait(false);
                return true;
            default:
                throw new InvalidOperationException("A retry decision without a consequence.");
        }
    }

    private async Task GiveUpAsync(EventReceipt receipt, InlineTry handler, string reason, Exception? fault, CancellationToken cancellationToken)
    {
        GaveUp(log, fault, handler.Binding.HandlerId, receipt.Event.Id, reason);
        var attempts = Math.Max(1, handler.Failures + handler.AllDeaths);
        await deadLetters.AddAsync(
            DeadLetter.Of(receipt, handler.Binding.HandlerId, reason, fault, attempts, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        metrics.DeadLettered();
    }

    /// <summary>
    /// Going down in order is no death: the claims of this process do not count. A handler that could not be stopped is not handed back:
    /// after the next start it is under suspicion and runs where it can be.
    /// </summary>
    private async Task HandBackAsync(EventReceipt receipt, List<InlineTry> open)
    {
        foreach (var handler in open.Where(t => t is { Claimed: true, IsStuck: false, IsDone: false }))
        {
            await inbox.ReleaseAsync(receipt.Event.Id, handler.Binding.HandlerId, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static string Died(InlineTry handler) => $"The process died {handler.AllDeaths} times while handling this event";
}
