using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>Asks a Flatfile API for events and acknowledges each one after it is settled.</summary>
/// <remarks>
/// Each question reaches back behind the oldest event not settled yet, and a little further, as events may become visible late.
/// What is known already is dropped by id here, and by the inbox after a restart.
/// </remarks>
internal sealed partial class PollingDriver(
    FlatfileClientFactory clients, IDriverCursors cursors, IOptions<AgentOptions> options, TimeProvider time, ILogger<PollingDriver> log) : IEventDriver
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "Polling";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private bool _keyRefused;

    public string Name => DriverName;

    private PollingOptions Settings => options.Value.Polling;

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        using var client = clients.Create(null, repeats: false, timeout: AnswerTime);
        var source = new PolledEvents(client, options.Value.EnvironmentId);
        var saved = await cursors.LoadAsync(Name, cancellationToken).ConfigureAwait(false);
        var window = new SeenWindow(saved is null ? time.GetUtcNow() : PolledEvents.ReadTime(saved), Settings.Overlap, options.Value.MaxInFlight, time);
        using var acknowledgements = new Acknowledgements(source, window, Settings.MaxRetryAfter, time, log);
        var deliveries = new PolledDeliveries(source, window, acknowledgements, new Redelivery(time, log));
        Receiving(log, window.Since);

        var outage = new Pause(TimeSpan.FromSeconds(1), Settings.MaxBackoff, time);
        var interval = Settings.MinInterval;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var fresh = await deliveries.PollAsync(onDelivery, cancellationToken).ConfigureAwait(false);
                await SaveAsync(window).ConfigureAwait(false);
                outage.Reset();
                _keyRefused = false;
                interval = fresh > 0 ? Settings.MinInterval : Min(interval * 1.5, Settings.MaxInterval);
                await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                Report(fault);
                await WaitAsync(fault, outage, cancellationToken).ConfigureAwait(false);
            }
        }

        await deliveries.DrainAsync().ConfigureAwait(false);
        await SaveAsync(window).ConfigureAwait(false);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task SaveAsync(SeenWindow window)
    {
        if (window.TakeProgress() is { } since)
        {
            await cursors.SaveAsync(Name, PolledEvents.WriteTime(since), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>As long as the source asks, if it does; its wish is no failure that makes the next pause longer.</summary>
    private async Task WaitAsync(Exception fault, Pause outage, CancellationToken cancellationToken)
    {
        if (FaultKinds.RetryAfter(fault) is { } asked)
        {
            await Task.Delay(Min(asked, Settings.MaxRetryAfter), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await outage.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Report(Exception fault)
    {
        if (FaultKinds.RetryAfter(fault) is { } asked)
        {
            AskedToWait(log, asked, Min(asked, Settings.MaxRetryAfter));
            return;
        }

        if (fault is FlatfileApiException { Status: System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden } refused)
        {
            if (!_keyRefused)
            {
                _keyRefused = true;
                KeyRefused(log, (int)refused.Status.Value);
            }

            return;
        }

        SourceFaulted(log, fault);
    }
}
