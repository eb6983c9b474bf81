using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>Sends the dead letters whose replay is asked for through the pipeline, in the order of asking, spaces beside each other.</summary>
/// <remarks>A letter counts as replayed only after the pipeline settled it; when the process dies before, the next one repeats it and the inbox knows what was done.</remarks>
internal sealed partial class DeadLetterReplayer(
    IDeadLetters letters, IReplays replays, ReplayOutlook outlook, ReplayBell bell, EventPipeline pipeline, TicketArming arming, ShutdownSignals signals,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<DeadLetterReplayer> log)
{
    private const int Page = 64;
    private const int Beside = 4;

    /// <summary>How often the store is looked at for what other processes asked for.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Redelivery _redelivery = new(time, log);
    private DateTimeOffset _pruned;

    /// <summary>Goes on until the agent stops.</summary>
    public async Task RepeatAsync()
    {
        var pause = new Pause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), time);
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                if (!await ReplayAsync().ConfigureAwait(false))
                {
                    await PruneAsync().ConfigureAwait(false);
                    await bell.WaitAsync(LookEvery, time, signals.Stopping).ConfigureAwait(false);
                }

                pause.Reset();
            }
            catch (Exception) when (signals.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Faulted(log, fault);
                await pause.WaitAsync(signals.Stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Replays a page. False when nothing was asked for.</summary>
    private async Task<bool> ReplayAsync()
    {
        var next = await replays.NextAsync(Page, signals.Stopping).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            next.GroupBy(n => n.SpaceId, n => n.Id),
            new ParallelOptions { MaxDegreeOfParallelism = Beside, CancellationToken = signals.Stopping },
            async (space, _) =>
            {
                foreach (var id in space)
                {
                    signals.Stopping.ThrowIfCancellationRequested();
                    await ReplayAsync(id).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        return next.Count > 0;
    }

    private async Task ReplayAsync(long id)
    {
        if (await letters.GetAsync(id, signals.Stopping).ConfigureAwait(false) is not { State: DeadLetterState.Asked } letter)
        {
            return;
        }

        var forecast = await outlook.OfAsync(letter, null, signals.Stopping).ConfigureAwait(false);
        if (forecast.WhyNot is null && await replays.RequeueAsync(letter, signals.Stopping).ConfigureAwait(false) is { } lane)
        {
            Requeued(log, id, letter.EventId, letter.HandlerId);
            await arming.ArmLaneAsync(lane, signals.Stopping).ConfigureAwait(false);
            return;
        }

        var settled = forecast.WhyNot is null;
        if (settled && !await _redelivery.UntilSettledAsync(
            letter.Sent, (delivery, _) => pipeline.ProcessAsync(delivery, letter.HandlerId, letter.Id), signals.Stopping).ConfigureAwait(false))
        {
            return;
        }

        var whyNot = forecast.WhyNot ?? $"The handler '{letter.HandlerId}' was taken away while the event was on its way to it: bring its plugin back, then ask again.";
        if (await replays.FinishAsync(letter, settled, whyNot, CancellationToken.None).ConfigureAwait(false))
        {
            Replayed(log, id, letter.EventId, letter.HandlerId);
        }
        else
        {
            NotReplayed(log, id, whyNot);
        }
    }

    private async Task PruneAsync()
    {
        var now = time.GetUtcNow();
        if (now - _pruned < options.Value.Jobs.ReconcileEvery)
        {
            return;
        }

        _pruned = now;
        var before = now - options.Value.DeadLetterWindow;
        if (await letters.PruneAsync(before, signals.Stopping).ConfigureAwait(false) is > 0 and var forgotten)
        {
            Forgotten(log, forgotten, before);
        }
    }
}
