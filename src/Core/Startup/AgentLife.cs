using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>The agent's life: open, receive once the host has started, and go down in order.</summary>
internal sealed partial class AgentLife(
    AgentDatabase database, PluginLoader plugins, StartReport report, SelectedEngine engine, TicketReconciler reconciler,
    DriverLoop driver, EventPipeline pipeline, RunningJobs jobs, ShutdownSignals signals, IHostApplicationLifetime lifetime,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<AgentLife> log)
{
    /// <summary>What a handler that ignores its token gets after the grace time, before the process ends without it.</summary>
    private static readonly TimeSpan AfterHalt = TimeSpan.FromSeconds(8);

    private Task _work = Task.CompletedTask;
    private CancellationTokenRegistration _started;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        report.Print(await plugins.LoadAsync(cancellationToken).ConfigureAwait(false));
        var hostStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _started = lifetime.ApplicationStarted.Register(hostStarted.SetResult);
        _work = Task.Run(() => WorkAsync(hostStarted.Task), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        Stopping(log, jobs.Count, options.Value.ShutdownGrace);
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
        await TryAsync(() => database.DisposeAsync().AsTask()).ConfigureAwait(false);
        Stopped(log, time.GetElapsedTime(begun));
    }

    private async Task WorkAsync(Task hostStarted)
    {
        try
        {
            await hostStarted.WaitAsync(signals.Stopping).ConfigureAwait(false);
            await StartEngineAsync().ConfigureAwait(false);
            await Task.WhenAll(driver.RunAsync(), reconciler.RepeatAsync()).ConfigureAwait(false);
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

    /// <summary>An engine that cannot start yet, such as one whose database is away, is tried again; events wait at their source.</summary>
    private async Task StartEngineAsync()
    {
        var pause = new Pause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), time);
        while (true)
        {
            try
            {
                await engine.Engine.StartAsync(signals.Stopping).ConfigureAwait(false);
                await reconciler.StartAsync(signals.Stopping).ConfigureAwait(false);
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
