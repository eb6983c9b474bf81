using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Resending;

/// <summary>Sends an event that a person holds in hand through the pipeline, and tells what the inbox knows of events.</summary>
public sealed class EventResend
{
    private readonly IInbox _inbox;
    private readonly HandlerCatalogSource _catalogs;
    private readonly EventPipeline _pipeline;
    private readonly ShutdownSignals _signals;
    private readonly Redelivery _redelivery;

    internal EventResend(IInbox inbox, HandlerCatalogSource catalogs, EventPipeline pipeline, ShutdownSignals signals, TimeProvider time, ILogger<EventResend> log)
    {
        _inbox = inbox;
        _catalogs = catalogs;
        _pipeline = pipeline;
        _signals = signals;
        _redelivery = new Redelivery(time, log);
    }

    /// <summary>What each handler did with an event, those it is for and those that had it.</summary>
    public async Task<IReadOnlyList<HandlerState>> LookAsync(FlatfileEvent @event, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var catalog = _catalogs.Current;
        var known = await _inbox.FindAsync(@event.Id, cancellationToken).ConfigureAwait(false);
        var matching = catalog.Match(@event).Select(b => b.HandlerId).ToList();
        return [.. matching.Union(known.Keys, StringComparer.Ordinal).Select(id =>
        {
            var entry = known.GetValueOrDefault(id);
            return new HandlerState(id, catalog.Find(id)?.Kind, matching.Contains(id), entry.Done, entry.Starts);
        })];
    }

    /// <summary>Sends an event to the handlers it is for. Returns when it is settled.</summary>
    /// <param name="body">The event as UTF-8 JSON.</param>
    /// <param name="handlerId">To this handler only; null for all.</param>
    /// <param name="again">True to let the handler have it although it had it; needs one named.</param>
    /// <param name="dryRun">True to say only what would happen.</param>
    /// <param name="cancellationToken">Gives up waiting; what was begun goes on.</param>
    /// <exception cref="ResendRefusedException">It cannot be done as asked.</exception>
    /// <exception cref="UnreadableEventException">The body is no event.</exception>
    public async Task<IReadOnlyList<ResentHandler>> SendAsync(ReadOnlyMemory<byte> body, string? handlerId, bool again, bool dryRun, CancellationToken cancellationToken)
    {
        var @event = FlatfileEvent.Parse(body);
        if (again && handlerId is null)
        {
            throw new ResendRefusedException("To handle an event again, one handler must be named: every other would have its effect twice too. Name it with --handler ID.");
        }

        var states = (await LookAsync(@event, cancellationToken).ConfigureAwait(false)).Where(s => s.Matches && (handlerId is null || s.HandlerId == handlerId)).ToList();
        if (handlerId is not null && states.Count == 0)
        {
            return _catalogs.Current.Find(handlerId) is null
                ? throw new ResendRefusedException($"There is no handler '{handlerId}' in the running agent. ./agent explain lists those there are.")
                : [new ResentHandler(handlerId, false, "the event is not for it")];
        }

        if (again && states[0].Kind == HandlerKind.Job)
        {
            throw new ResendRefusedException($"'{handlerId}' is a job handler: a job is run again by retrying it in Flatfile, or by replaying its dead letter with ./agent dead replay.");
        }

        var report = states.Select(s => new ResentHandler(s.HandlerId, again || !s.Done, again || !s.Done ? null : "it had the event already")).ToList();
        if (dryRun || !report.Any(r => r.Runs))
        {
            return report;
        }

        if (again)
        {
            await _inbox.ForgetAsync(@event.Id, handlerId!, cancellationToken).ConfigureAwait(false);
        }

        var sent = _redelivery.UntilSettledAsync(body, (delivery, _) => _pipeline.ProcessAsync(delivery, handlerId), _signals.Stopping);
        return await sent.WaitAsync(cancellationToken).ConfigureAwait(false)
            ? report
            : throw new ResendRefusedException("The agent is going down, and the event is not settled. Send it again when the agent runs: what was done is not done twice.");
    }
}
