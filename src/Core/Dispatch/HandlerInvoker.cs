using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Makes an inline handler in a scope of its own and runs it once.</summary>
internal sealed partial class HandlerInvoker(
    IServiceScopeFactory scopes, ILoggerFactory loggers, IOptions<AgentOptions> options, TimeProvider time, ILogger<HandlerInvoker> log)
{
    public async Task InvokeAsync(FlatfileEvent @event, HandlerBinding binding, int attempt, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        var fence = scope.ServiceProvider.GetRequiredService<RunFence>();
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
                options.Value.Events.AttemptTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (StuckHandlerException stuck)
        {
            // Its scope stays open as long as it runs, but its calls no longer reach Flatfile.
            fence.Close();
            Stuck(log, binding.HandlerId, @event.Id);
            _ = stuck.Running.ContinueWith(async _ => await scope.DisposeAsync().ConfigureAwait(false), TaskScheduler.Default);
            throw;
        }
        catch
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await scope.DisposeAsync().ConfigureAwait(false);
    }
}
