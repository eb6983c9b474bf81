using System.Globalization;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.InProcess;

/// <summary>Receives from a durable feed in the same process. After a crash it reads again from the last position before which all is settled.</summary>
internal sealed partial class InProcessDriver(
    IEnumerable<IEventFeed> feeds, IDriverCursors cursors, IOptions<AgentOptions> options, TimeProvider time, ILogger<InProcessDriver> log) : IEventDriver
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "InProcess";

    private const int PageSize = 256;

    /// <summary>Settled events that wait behind an unsettled one, for each place in flight.</summary>
    private const int SpanFactor = 64;

    public string Name => DriverName;

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var feed = feeds.LastOrDefault() ?? throw new InvalidOperationException("The InProcess driver needs an IEventFeed among the services.");
        var saved = await cursors.LoadAsync(Name, cancellationToken).ConfigureAwait(false);
        var start = saved is null ? 0 : long.Parse(saved, CultureInfo.InvariantCulture);
        Receiving(log, start);

        var prefix = new SettledPrefix(start);
        using var saving = new CancellationTokenSource();
        var saver = new CursorSaver(cursors, Name, time, log).SaveAsync(prefix, start, saving.Token);
        var inFlight = new FeedReader(feed, prefix, new Redelivery(time, log), options.Value.MaxInFlight, SpanFactor * options.Value.MaxInFlight);
        var pause = new Pause(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), time);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await inFlight.ReadPageAsync(PageSize, onDelivery, cancellationToken).ConfigureAwait(false))
                {
                    pause.Reset();
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                FeedFaulted(log, fault);
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        // What is settled while the stop waits is saved too.
        await inFlight.DrainAsync().ConfigureAwait(false);
        await saving.CancelAsync().ConfigureAwait(false);
        await saver.ConfigureAwait(false);
    }
}
