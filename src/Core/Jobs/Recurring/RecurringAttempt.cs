using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>One attempt at a run: begin, run the handler, store its end.</summary>
internal sealed partial class RecurringAttempt(
    IRecurringStore store, AgentOwner owner, RunningJobs running, ShutdownSignals signals, IServiceScopeFactory scopes, AgentMetrics metrics,
    IOptions<AgentOptions> options, TimeProvider time, ILoggerFactory loggers, ILogger<RecurringAttempt> log)
{
    /// <summary>Deaths of the process under one run before it is given up.</summary>
    public const int MaxDeaths = 3;

    /// <summary>Runs it, unless it has ended by now.</summary>
    /// <param name="waiting">The run as it was read.</param>
    /// <param name="work">What to run.</param>
    /// <param name="lease">The right to run it.</param>
    /// <param name="held">Fires when the lease is lost, and when the shutdown grace time is over.</param>
    /// <param name="replaced">Fires when a later slot wants its place.</param>
    public async Task RunAsync(RecurringRun waiting, RecurringWork work, Lease lease, CancellationToken held, CancellationToken replaced)
    {
        if (await store.BeginAsync(waiting, lease, owner.Name, time.GetUtcNow(), held).ConfigureAwait(false) is not { } run)
        {
            return;
        }

        if (run.Fatal > MaxDeaths)
        {
            await EndAsync(run, lease, RecurringRunState.Failed, $"The process died {MaxDeaths} times while this ran. Look for what ends it in its log, then run it by hand.").ConfigureAwait(false);
            return;
        }

        using var entered = running.Enter();
        using var activity = metrics.StartActivity("flatfile.recurring", null);
        using var named = log.BeginScope("Recurring work {Recurring}, slot {Slot}, run {Attempt}", run.Id, run.Slot, run.Attempt);
        await using var scope = new RunScope(scopes);
        using var late = work.Timeout is { } limit ? new CancellationTokenSource(limit, time) : new CancellationTokenSource();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(held, replaced, late.Token);

        // After the others: what is registered last is told first, so the fence is closed before the work learns of it.
        using var lost = held.Register(() =>
        {
            if (!signals.Halted.IsCancellationRequested)
            {
                scope.Fence.Close();
            }
        });
        var (state, message, details) = (RecurringRunState.Failed, (string?)null, default(System.Text.Json.Nodes.JsonObject));
        try
        {
            var result = await HandleAsync(run, work, lease, scope, held, ends.Token).ConfigureAwait(false);
            (state, message, details) = (RecurringRunState.Succeeded, result.Message, result.Details);
        }
        catch (Exception fault) when (held.IsCancellationRequested || (fault is OperationCanceledException && signals.Stopping.IsCancellationRequested))
        {
            await BrokenOffAsync(run, lease).ConfigureAwait(false);
            return;
        }
        catch (Exception) when (replaced.IsCancellationRequested)
        {
            (state, message) = (RecurringRunState.Replaced, "A later slot took its place.");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            message = $"It took longer than {work.Timeout}. Give it more time in Agent:Recurring:{run.Id}:Timeout, or see what it waits for.";
        }
        catch (Exception fault)
        {
            Failed(log, fault, run.Id, run.Slot);
            metrics.HandlerFailed(run.Id);
            message = fault.Message;
        }

        await EndAsync(run, lease, state, message, details).ConfigureAwait(false);
    }

    private async Task<RecurringResult> HandleAsync(RecurringRun run, RecurringWork work, Lease lease, RunScope scope, CancellationToken held, CancellationToken ends)
    {
        var folder = Path.GetFullPath(Path.Combine(options.Value.DataFolder, "recurring", Uri.EscapeDataString(run.Id)));
        var context = new RecurringRunContext(run, lease, store, folder, loggers.CreateLogger(run.Id), signals.Stopping);
        var handling = Task.Run(() => work.Binding.Create(scope.Services).RunAsync(context, ends), CancellationToken.None);
        await Task.WhenAny(handling, Patience(held)).ConfigureAwait(false);
        if (!handling.IsCompleted)
        {
            // Nobody may begin the next run beside it: it is left alone only when the right to run is gone anyway, and with it every call to Flatfile.
            Stuck(log, run.Id, run.Slot);
            scope.LeaveAlone(handling);
            throw new OperationCanceledException(held);
        }

        return await handling.ConfigureAwait(false);
    }

    /// <summary>Ends some time after the right to run.</summary>
    private async Task Patience(CancellationToken held)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(options.Value.StopPatience, time, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>At a stop the run goes back to wait. When the lease was lost, it is somebody else's already.</summary>
    private async Task BrokenOffAsync(RecurringRun run, Lease lease)
    {
        try
        {
            await store.ReturnAsync(run, lease, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeaseGoneException)
        {
            TakenOver(log, run.Id, run.Slot);
        }
    }

    private async Task EndAsync(RecurringRun run, Lease lease, RecurringRunState state, string? message, System.Text.Json.Nodes.JsonObject? details = null)
    {
        try
        {
            await store.EndAsync(run with { State = state, Message = message, Details = details }, lease, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            metrics.RecurringEnded(run.Id, state.ToString());
            Ended(log, run.Id, run.Slot, state, message);
        }
        catch (LeaseGoneException)
        {
            TakenOver(log, run.Id, run.Slot);
        }
    }
}
