using Flatfile.Agent.Core.Bridge;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>The agent's life: open, receive once the host has started, and go down in order.</summary>
internal sealed partial class AgentLife(
    AgentDatabase database, INodes nodes, PluginSwaps plugins, StartReport report, SelectedEngine engine, TicketReconciler reconciler, AbandonedJobs abandoned,
    DriverLoop driver, EventBridge bridge, DeadLetterReplayer replayer, RecurringClock recurring, EventPipeline pipeline, RunningJobs jobs, AgentPhase phase, ShutdownSignals signals, IHostApplicationLifetime lifetime,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<AgentLife> log)
{
    /// <summary>What a handler that ignores its token gets after the grace time, before the process ends without it.</summary>
    private static readonly TimeSpan AfterHalt = TimeSpan.FromSeconds(8);

    private Task _work = Task.CompletedTask;
    private CancellationTokenRegistration _started;
    private bool _entered;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        AppDomain.CurrentDomain.UnhandledException += OnUncaught;
        try
        {
            await OpenStoreAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreAwayException fault)
        {
            StoreAway(log, fault.Message);
        }

        report.Print(await plugins.StartAsync(cancellationToken).ConfigureAwait(false));
        phase.PluginsLoaded();
        var hostStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _started = lifetime.ApplicationStarted.Register(hostStarted.SetResult);
        _work = Task.Run(() => WorkAsync(hostStarted.Task), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        Stopping(log, jobs.Count, options.Value.ShutdownGrace);
        phase.StopBegun();
        await signals.StopAsync().ConfigureAwait(false);
        await TryAsync(() => engine.Engine.PauseAsync(cancellationToken)).ConfigureAwait(false);
        if (!await IdleWithinAsync(options.Value.ShutdownGrace, cancellationToken).ConfigureAwait(false))
        {
            Halting(log, jobs.Count);
            await signals.HaltAsync().ConfigureAwait(false);
            await IdleWithinAsync(AfterHalt, CancellationToken.None).ConfigureAwait(false);
        }

        await signals.HaltAsync().ConfigureAwait(false);
        await TryAsync(() => engine.Engine.StopAsync(cancellationToken)).ConfigureAwait(false);
        await TryAsync(() => _work.WaitAsync(AfterHalt, time, CancellationToken.None)).ConfigureAwait(false);
        await _started.DisposeAsync().ConfigureAwait(false);
        await TryAsync(nodes.LeaveAsync).ConfigureAwait(false);
        await TryAsync(() => database.DisposeAsync().AsTask()).ConfigureAwait(false);
        AppDomain.CurrentDomain.UnhandledException -= OnUncaught;
        Stopped(log, time.GetElapsedTime(begun));
    }

    private void OnUncaught(object sender, UnhandledExceptionEventArgs args) => database.Freeze();

    private async Task WorkAsync(Task hostStarted)
    {
        try
        {
            await hostStarted.WaitAsync(signals.Stopping).ConfigureAwait(false);
            await WaitForStoreAsync().ConfigureAwait(false);
            await StartEngineAsync().ConfigureAwait(false);
            phase.WorkBegun();
            await Task.WhenAll(
                driver.RunAsync(), bridge.RunAsync(), reconciler.RepeatAsync(), reconciler.FollowNodesAsync(), abandoned.RepeatAsync(), replayer.RepeatAsync(), recurring.RunAsync()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            // Stopped before it began.
        }
        catch (Exception fault)
        {
            Broken(log, fault);
        }
    }

    private async Task OpenStoreAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (!_entered)
        {
            await nodes.EnterAsync(cancellationToken).ConfigureAwait(false);
            _entered = true;
        }
    }

    /// <summary>A store that is away at start is waited for: nothing is received without it, but the process stays.</summary>
    private async Task WaitForStoreAsync()
    {
        var pause = new Pause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), time);
        while (!_entered)
        {
            await pause.WaitAsync(signals.Stopping).ConfigureAwait(false);
            try
            {
                await OpenStoreAsync(signals.Stopping).ConfigureAwait(false);
                StoreBack(log);
            }
            catch (Exception fault) when (!signals.Stopping.IsCancellationRequested)
            {
                StoreAway(log, fault.Message);
            }
        }
    }

    /// <summary>An engine that cannot start yet, such as one whose database is away, is tried again; events wait at their source.</summary>
    /// <remarks>What a crash cut off is handed over before the engine takes anything: else fresh work would fill every place, and it would wait for hours behind that.</remarks>
    private async Task StartEngineAsync()
    {
        var pause = new Pause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), time);
        while (true)
        {
            try
            {
                await nodes.SettledAsync(signals.Stopping).ConfigureAwait(false);
                await reconciler.StartAsync(signals.Stopping).ConfigureAwait(false);
                await engine.Engine.StartAsync(signals.Stopping).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (!signals.Stopping.IsCancellationRequested)
            {
                EngineNotStarted(log, fault, engine.Engine.Name);
                await pause.WaitAsync(signals.Stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> IdleWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(pipeline.WhenIdle, jobs.WhenIdle).WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotInOrder(log, fault);
        }
    }
}
