using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Runs the inline handlers in order, each alone. One that fails is tried again after the others had their turn, with the lane kept.</summary>
internal sealed partial class InvokeStep(
    HandlerInvoker invoker, IInbox inbox, IDeadLetters deadLetters, EventRetryPolicy retry, ShutdownSignals signals, AgentMetrics metrics,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<InvokeStep> log) : IEventStep
{
    /// <summary>Deaths that may be an accident.</summary>
    private const int Suspicious = 3;

    public string Name => "Invoke";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        var open = receipt.Bindings.Where(b => b.Kind == HandlerKind.Event).Select(b => Begin(receipt, b)).ToList();
        try
        {
            while (open.Count > 0)
            {
                foreach (var handler in open.Where(t => t.Due <= time.GetUtcNow()).ToList())
                {
                    if (await TryAsync(receipt, handler, cancellationToken).ConfigureAwait(false))
                    {
                        open.Remove(handler);
                    }
                }

                if (open.Count > 0)
                {
                    await PauseAsync(receipt, open.Min(t => t.Due)).ConfigureAwait(false);
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

    /// <summary>
    /// A death of the process says nothing about its cause: events that were only in hand are under suspicion too. So suspects are
    /// not given up early but begin later and later, which leaves the process time for everybody else.
    /// </summary>
    private InlineTry Begin(EventReceipt receipt, HandlerBinding binding)
    {
        var deaths = receipt.Inbox.TryGetValue(binding.HandlerId, out var entry) ? entry.Starts : 0;
        var suspected = deaths >= Suspicious && deaths < options.Value.Events.MaxFatalAttempts;
        var pause = suspected ? TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, deaths - Suspicious + 1))) : TimeSpan.Zero;
        return new InlineTry(binding, deaths) { Due = time.GetUtcNow() + pause };
    }

    /// <summary>Returns true when nothing is left to do for this handler.</summary>
    private async Task<bool> TryAsync(EventReceipt receipt, InlineTry handler, CancellationToken cancellationToken)
    {
        signals.Stopping.ThrowIfCancellationRequested();
        var @event = receipt.Event;
        if (handler.Deaths >= options.Value.Events.MaxFatalAttempts)
        {
            await GiveUpAsync(receipt, handler, $"The process died {handler.Deaths} times while handling this event.", null, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (!handler.Started)
        {
            await inbox.StartAsync(@event.Id, handler.Binding.HandlerId, cancellationToken).ConfigureAwait(false);
            handler.Started = true;
        }

        try
        {
            await invoker.InvokeAsync(@event, handler.Binding, handler.Failures + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault)
        {
            return await DecideAsync(receipt, handler, fault, cancellationToken).ConfigureAwait(false);
        }

        await inbox.DoneAsync(@event.Id, handler.Binding.HandlerId, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> DecideAsync(EventReceipt receipt, InlineTry handler, Exception fault, CancellationToken cancellationToken)
    {
        handler.Failures++;
        metrics.HandlerFailed(handler.Binding.HandlerId);
        switch (retry.Policy.Decide(new Failure(fault, handler.Failures)))
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
        await deadLetters.AddAsync(
            new DeadLetter(
                0, receipt.Event.Id, receipt.Event.Topic, handler.Binding.HandlerId, reason, fault?.ToString(), Math.Max(handler.Failures, 1),
                receipt.Delivery.Body, time.GetUtcNow()),
            cancellationToken).ConfigureAwait(false);
        metrics.DeadLettered();
    }

    /// <summary>Waiting needs the lane, so that order holds, but no place among the working.</summary>
    private async Task PauseAsync(EventReceipt receipt, DateTimeOffset due)
    {
        receipt.Slot?.Release();
        var pause = due - time.GetUtcNow();
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, signals.Stopping).ConfigureAwait(false);
        }

        if (receipt.Slot is { } slot)
        {
            await slot.TakeAsync(signals.Stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Going down in order is no death: the starts of this process do not count.</summary>
    private async Task HandBackAsync(EventReceipt receipt, List<InlineTry> open)
    {
        foreach (var handler in open.Where(t => t.Started))
        {
            await inbox.ReleaseAsync(receipt.Event.Id, handler.Binding.HandlerId, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
