using System.Diagnostics;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>
/// Runs handlers under suspicion, one at a time and with nothing beside them: in a process of their own, so that its death proves something
/// and costs nobody else; where none can be had, in this one.
/// </summary>
internal sealed partial class SuspectStage(
    IEnumerable<ISuspectRunner> runners, HandlerInvoker invoker, IInbox inbox, Places places, IsolatedHandlers isolated, DispatchRules rules,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<SuspectStage> log) : IDisposable
{
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(30);

    private readonly ISuspectRunner? _runner = runners.LastOrDefault();
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Deaths before an event is given up. Without another process they prove less: the process may have ended for any reason.</summary>
    public int Limit => _runner is null ? options.Value.Events.MaxSuspectedAttempts : options.Value.Events.MaxFatalAttempts;

    /// <summary>True when the handler must not run beside others in this process.</summary>
    public bool IsFor(InlineTry handler) => handler.AllDeaths > 0 || (_runner is not null && isolated.Contains(handler.Binding));

    /// <summary>
    /// While it is being found out whether a handler kills processes its other events wait, or each would do it again. Not for ever: a
    /// suspect may take its time without being guilty.
    /// </summary>
    public bool IsUnsettled(HandlerBinding binding) => !isolated.WhenSettled(binding).IsCompleted;

    /// <inheritdoc cref="IsUnsettled"/>
    public async Task WhenSettledAsync(HandlerBinding binding, CancellationToken cancellationToken)
    {
        var settled = isolated.WhenSettled(binding);
        if (!settled.IsCompleted)
        {
            await settled.WaitAsync(LongestTrial, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Runs the handler once.</summary>
    /// <exception cref="ProcessDiedException">The process died of it; the death is charged durably.</exception>
    /// <exception cref="SuspectFailedException">It threw, in another process.</exception>
    public async Task RunAsync(EventReceipt receipt, InlineTry handler, CancellationToken waiting, CancellationToken cancellationToken)
    {
        using var trial = handler.AllDeaths > 0 ? isolated.Try(handler.Binding) : null;
        await _one.WaitAsync(waiting).ConfigureAwait(false);
        try
        {
            var reason = "it is suspected, and this agent has no other process for it";
            if (_runner is not null)
            {
                if (handler.AllDeaths > 0)
                {
                    Suspected(log, handler.Binding.HandlerId, receipt.Event.Id, handler.AllDeaths);
                }

                var end = await _runner.RunAsync(
                    new SuspectCall(
                        handler.Binding.HandlerId, receipt.Delivery.Body, handler.Failures + 1,
                        rules.Of(handler.Binding).AttemptTimeout ?? options.Value.Events.AttemptTimeout, Activity.Current?.Id),
                    cancellationToken).ConfigureAwait(false);
                if (end is not SuspectEnd.NotRun not)
                {
                    await AfterAsync(receipt, handler, end).ConfigureAwait(false);
                    return;
                }

                reason = not.Reason;
            }

            Alone(log, handler.Binding.HandlerId, receipt.Event.Id, reason);
            await RunAloneAsync(receipt, handler, waiting, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task AfterAsync(EventReceipt receipt, InlineTry handler, SuspectEnd end)
    {
        switch (end)
        {
            case SuspectEnd.Failed failed:
                throw new SuspectFailedException(failed.Fault);
            case SuspectEnd.Died died:
                handler.Proven = await inbox.ChargeAsync(receipt.Event.Id, handler.Binding.HandlerId, 1, CancellationToken.None).ConfigureAwait(false);
                isolated.Add(handler.Binding);
                Died(log, handler.Binding.HandlerId, receipt.Event.Id, ProcessDiedException.Describe(died.ExitCode));
                throw new ProcessDiedException(died.ExitCode, died.LastWords);
        }
    }

    /// <summary>The death is charged before the try, as nobody is left to do it afterwards, and taken back when it did not come.</summary>
    private async Task RunAloneAsync(EventReceipt receipt, InlineTry handler, CancellationToken waiting, CancellationToken cancellationToken)
    {
        using var everything = await places.TakeAllAsync(waiting).ConfigureAwait(false);
        await inbox.ChargeAsync(receipt.Event.Id, handler.Binding.HandlerId, 1, cancellationToken).ConfigureAwait(false);
        try
        {
            await invoker.InvokeAsync(receipt.Event, handler.Binding, handler.Failures + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await inbox.ChargeAsync(receipt.Event.Id, handler.Binding.HandlerId, -1, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
