using System.Globalization;
using System.Net;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.SpacesStream;

/// <summary>Receives from Spaces in another process, over server-sent events. After a crash it goes on behind the last place before which all is settled.</summary>
internal sealed partial class SpacesStreamDriver(
    FlatfileClientFactory clients, IDriverCursors cursors, IOptions<AgentOptions> options, TimeProvider time, ILogger<SpacesStreamDriver> log) : IEventDriver
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "SpacesStream";

    /// <summary>Settled events that wait behind an unsettled one, for each place in flight.</summary>
    private const int SpanFactor = 64;

    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    private HttpStatusCode? _said;

    public string Name => DriverName;

    private SpacesStreamOptions Settings => options.Value.SpacesStream;

    public IEnumerable<string> FaultsInSettings()
    {
        if (Settings.Silence <= TimeSpan.Zero || Settings.MaxBackoff <= TimeSpan.Zero || Settings.MaxEventBytes <= 0)
        {
            yield return "Agent:SpacesStream:Silence, MaxBackoff and MaxEventBytes must be more than zero.";
        }
    }

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var saved = await cursors.LoadAsync(Name, cancellationToken).ConfigureAwait(false);
        long? place = saved is not null ? long.Parse(saved, CultureInfo.InvariantCulture) : Settings.Start == StreamStart.Beginning ? 0 : null;
        while (!cancellationToken.IsCancellationRequested)
        {
            await FollowAsync(place, onDelivery, cancellationToken).ConfigureAwait(false);

            // Back here without a stop: it is another log, whose places mean other events.
            place = 0;
        }
    }

    /// <summary>Returns when it is to stop, or when the server never gave the place it is asked to go on from.</summary>
    private async Task FollowAsync(long? place, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        using var client = clients.Create(null, repeats: false, timeout: Settings.Silence);
        var pause = new Pause(TimeSpan.FromMilliseconds(200), Settings.MaxBackoff, time);
        await using var feed = new StreamFeed(client, options.Value.EnvironmentId, Settings.MaxEventBytes, pause, log) { Place = place };
        var prefix = new SettledPrefix(place ?? 0);
        using var saving = new CancellationTokenSource();
        var saver = new CursorSaver(cursors, Name, time, log).SaveAsync(prefix, place ?? 0, saving.Token);
        var reader = new FeedReader(feed, prefix, new Redelivery(time, log), options.Value.MaxInFlight, SpanFactor * options.Value.MaxInFlight);
        Receiving(log, place);
        var isKnown = true;
        while (isKnown && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await reader.ReadPageAsync(1, onDelivery, cancellationToken).ConfigureAwait(false))
                {
                    pause.Reset();
                    _said = null;
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                isKnown = await MeetAsync(fault, feed, pause, cancellationToken).ConfigureAwait(false);
            }
        }

        // What is settled while the stop waits is saved too.
        await reader.DrainAsync().ConfigureAwait(false);
        await saving.CancelAsync().ConfigureAwait(false);
        await saver.ConfigureAwait(false);
    }

    /// <summary>Says what is wrong and waits. Returns false when the server does not know the place.</summary>
    private async Task<bool> MeetAsync(Exception fault, StreamFeed feed, Pause pause, CancellationToken cancellationToken)
    {
        switch (FaultKinds.StatusOf(fault))
        {
            case HttpStatusCode.Gone:
                // Places grow on, so what is in hand stays what it was.
                EventsGone(log, feed.Place ?? 0);
                feed.Place = 0;
                return true;
            case HttpStatusCode.BadRequest when feed.Place > 0:
                PlaceUnknown(log, feed.Place.Value);
                return false;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                SayOnce(fault, () => KeyRefused(log, (int)FaultKinds.StatusOf(fault)!.Value));
                break;
            case HttpStatusCode.NotFound or HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed:
                SayOnce(fault, () => NoStream(log, (int)FaultKinds.StatusOf(fault)!.Value));
                break;
            default:
                SourceFaulted(log, fault);
                break;
        }

        if (FaultKinds.RetryAfter(fault) is { } asked)
        {
            await Task.Delay(asked < LongestAsked ? asked : LongestAsked, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private void SayOnce(Exception fault, Action say)
    {
        var status = FaultKinds.StatusOf(fault);
        if (_said != status)
        {
            _said = status;
            say();
        }
    }
}
