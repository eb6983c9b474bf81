using Microsoft.Extensions.Logging;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz;

/// <summary>Quartz puts a trigger that it could not fire several times aside for ever. Here that is told, and the trigger is fired again.</summary>
internal sealed partial class TriggerAlarm(TimeProvider time, ILogger log) : ISchedulerListener
{
    /// <summary>What stands in the way may need a while to pass.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public ValueTask TriggerInError(IScheduler scheduler, TriggerKey triggerKey, CancellationToken cancellationToken = default)
    {
        PutAside(log, triggerKey.Name, Pause);
        _ = FireAgainAsync(scheduler, cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask TriggersInError(IScheduler scheduler, JobKey jobKey, CancellationToken cancellationToken = default)
    {
        AllPutAside(log, jobKey.Name, Pause);
        _ = FireAgainAsync(scheduler, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>Brings back whatever stands aside, from an earlier life of the agent too.</summary>
    public static ValueTask BringBackAsync(IScheduler scheduler, CancellationToken cancellationToken) =>
        new(scheduler.ResetTriggersFromErrorState(GroupMatcher<TriggerKey>.AnyGroup(), cancellationToken).AsTask());

    private async Task FireAgainAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            await BringBackAsync(scheduler, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotBroughtBack(log, fault);
        }
        catch (OperationCanceledException)
        {
            // The engine stops; the next start brings it back.
        }
    }
}
