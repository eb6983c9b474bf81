using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Dispatch.Suspects;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Makes an inline handler in a scope of its own and runs it once.</summary>
internal sealed partial class HandlerInvoker(
    HandlerCatalogSource catalogs, IServiceScopeFactory scopes, RecordingShelf recordings, ILoggerFactory loggers, DispatchRules rules,
    IsolatedHandlers isolated, StuckHandlers stuckHandlers, IOptions<AgentOptions> options, TimeProvider time, ILogger<HandlerInvoker> log)
{
    public Task InvokeAsync(FlatfileEvent @event, HandlerBinding binding, int attempt, CancellationToken cancellationToken) =>
        InvokeAsync(@event, binding, attempt, rules.Of(binding).AttemptTimeout ?? options.Value.Events.AttemptTimeout, cancellationToken);

    public async Task InvokeAsync(FlatfileEvent @event, HandlerBinding binding, int attempt, TimeSpan limit, CancellationToken cancellationToken)
    {
        // A new try goes to the version of the plugin that is in force by now, which may be the cure.
        var (now, hold) = attempt > 1 ? catalogs.Hold(binding.HandlerId) : (null, PluginHold.None);
        using var held = hold;
        binding = now ?? binding;
        var scope = scopes.CreateAsyncScope();
        var fence = scope.ServiceProvider.GetRequiredService<RunFence>();
        var recording = Record(@event, binding, attempt, scope.ServiceProvider);
        using var named = log.BeginScope("Handler {Handler} try {Attempt}", binding.HandlerId, attempt);
        try
        {
            await TimedAttempt.RunAsync(
                async token =>
                {
                    var context = new HandlerEventContext(
                        @event, attempt, loggers.CreateLogger(binding.HandlerId),
                        new EventRecords(@event, scope.ServiceProvider.GetRequiredService<FlatfileClient>));
                    await binding.CreateEventHandler(scope.ServiceProvider).HandleAsync(context, token).ConfigureAwait(false);
                    return true;
                },
                limit, options.Value.StopPatience, time, cancellationToken).ConfigureAwait(false);
            binding.Live?.Calls.Ended(null);
        }
        catch (StuckHandlerException stuck)
        {
            // Its scope stays open as long as it runs, but its calls no longer reach Flatfile.
            fence.Close();
            recordings.Failed(recording, stuck);
            Stuck(log, binding.HandlerId, @event.Id);
            Count(binding, stuck, cancellationToken);
            isolated.Add(binding);
            stuckHandlers.Add(binding.HandlerId, stuck.Running);
            _ = stuck.Running.ContinueWith(async _ => await scope.DisposeAsync().ConfigureAwait(false), TaskScheduler.Default);
            throw;
        }
        catch (Exception fault)
        {
            Count(binding, fault, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                recordings.Interrupted(recording);
            }
            else
            {
                recordings.Failed(recording, fault);
            }

            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        recordings.Done(recording);
        await scope.DisposeAsync().ConfigureAwait(false);
    }

    private RunRecording? Record(FlatfileEvent @event, HandlerBinding binding, int attempt, IServiceProvider scope) => !recordings.IsOn
        ? null
        : scope.GetRequiredService<RecordingSlot>().Recording = recordings.Begin(
            new RecordedRunFacts(@event, binding.HandlerId, binding.Plugin, catalogs.Current.VersionOf(binding.HandlerId), null, attempt, null, time.GetUtcNow()));

    private static void Count(HandlerBinding binding, Exception fault, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            binding.Live?.Calls.Ended(fault);
        }
    }
}
