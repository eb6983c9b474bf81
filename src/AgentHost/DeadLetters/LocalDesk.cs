using System.Text;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Host.Operating;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>The desk over the store and the bus of this process.</summary>
internal sealed class LocalDesk(
    IDeadLetters letters, DeadLetterReplay replay, IEnumerable<IBusDeadLetters> buses, IOptions<AgentOptions> options) : IDeadLetterDesk
{
    public const int MostListed = 1000;
    private const int MostFromBus = 1000;
    private const int Batch = 500;
    private const int Shown = 200;

    private bool _isRunning = true;
    private bool _handlersAreKnown = true;

    public string Place { get; private set; } = "this agent";

    /// <summary>The desk over a store while no agent runs here: what is asked for waits for one.</summary>
    /// <param name="place">For people.</param>
    /// <param name="handlersAreKnown">True when the handlers were loaded, so that a forecast can be made.</param>
    public LocalDesk OfAStore(string place, bool handlersAreKnown)
    {
        (Place, _isRunning, _handlersAreKnown) = (place, false, handlersAreKnown);
        return this;
    }

    public async Task<LetterPage> ListAsync(LetterQuery query, int limit, long? before, CancellationToken cancellationToken)
    {
        var filter = query.ToFilter();
        var page = await letters.FindAsync(filter, Math.Clamp(limit, 1, MostListed), before, cancellationToken);
        var total = await letters.CountAsync(filter, cancellationToken);
        return new LetterPage([.. page.Letters.Select(LetterView.Of)], total, page.Next);
    }

    public async Task<LetterDetail> ShowAsync(long id, CancellationToken cancellationToken) =>
        await letters.GetAsync(id, cancellationToken) is { } letter ? LetterDetail.Of(letter) : throw NoSuch(id);

    public async Task<ReplayAnswer> ReplayAsync(ReplayOrder order, CancellationToken cancellationToken)
    {
        var filter = Narrowed(order, order.All, "replay");
        try
        {
            var report = await replay.RequestAsync(
                new ReplayRequest(filter)
                {
                    Edited = order.Edited is { } edited ? Encoding.UTF8.GetBytes(edited.GetRawText()) : default(ReadOnlyMemory<byte>?),
                    DryRun = order.DryRun,
                    Limit = Limit(order.Limit),
                    HandlersAreKnown = _handlersAreKnown,
                },
                cancellationToken);
            return new ReplayAnswer(order.DryRun, report.Asked, report.Refused, report.More, _isRunning, [.. report.Letters.Select(ForecastView.Of)]);
        }
        catch (EditedEventException fault)
        {
            throw OperatorFault.BadRequest("The changed event cannot be sent.", fault.Message, "");
        }
    }

    public async Task<DropAnswer> DropAsync(DropOrder order, CancellationToken cancellationToken)
    {
        var filter = Narrowed(order, order.All, "drop") with { States = [DeadLetterState.Open, DeadLetterState.Asked] };
        var limit = Limit(order.Limit);
        var meant = await letters.NumbersAsync(filter, limit + 1, cancellationToken);
        var dropped = new List<long>();
        foreach (var batch in meant.Take(limit).Chunk(Batch))
        {
            dropped.AddRange(order.DryRun ? batch : await letters.DropAsync(batch, cancellationToken));
        }

        return new DropAnswer(order.DryRun, dropped.Count, meant.Count > limit, [.. dropped.Take(Shown)]);
    }

    public async Task<BusPage> PeekBusAsync(int limit, CancellationToken cancellationToken)
    {
        var bus = Bus();
        var most = Math.Clamp(limit, 1, MostFromBus);
        var messages = await AskAsync(bus, () => bus.PeekAsync(most, cancellationToken), cancellationToken);
        return new BusPage(
            bus.Name,
            [.. messages.Select(m => new BusLetterView(m.MessageId, m.Reason, m.DeliveryCount, m.At, Encoding.UTF8.GetString(m.Body.Span)))],
            messages.Count >= most);
    }

    public async Task<BusAnswer> ResubmitAsync(BusOrder order, CancellationToken cancellationToken)
    {
        var bus = Bus();
        if (order.Ids is not { Count: > 0 } && !order.All)
        {
            throw OperatorFault.BadRequest("Nothing says which messages are meant.", "Without message ids all of the queue would be moved.", "Name them, or say so with all (--all).");
        }

        var most = Math.Clamp(order.Limit ?? MostFromBus, 1, MostFromBus);
        var more = false;
        IReadOnlyCollection<string>? ids = order.Ids;
        if (ids is not { Count: > 0 })
        {
            var found = await AskAsync(bus, () => bus.PeekAsync(most, cancellationToken), cancellationToken);
            more = found.Count >= most;
            ids = [.. found.Select(m => m.MessageId)];
        }

        var moved = order.DryRun || ids.Count == 0 ? ids.Count : await AskAsync(bus, () => bus.ResubmitAsync(ids, cancellationToken), cancellationToken);
        return new BusAnswer(order.DryRun, moved, more);
    }

    private static DeadLetterFilter Narrowed(LetterQuery query, bool all, string verb)
    {
        var filter = query.ToFilter();
        return filter.IsEverything && !all
            ? throw OperatorFault.BadRequest(
                "Nothing says which dead letters are meant.", $"Without numbers and without a filter this would {verb} all of them.", "Narrow it, or say so with all (--all).")
            : filter;
    }

    private static int Limit(int? limit) => limit switch
    {
        null => DeadLetterReplay.MostAtOnce,
        < 1 => throw OperatorFault.BadRequest($"The limit is {limit}.", "It is the number of letters taken at most.", "Set it to 1 or more."),
        _ => Math.Min(limit.Value, DeadLetterReplay.MostAtOnce),
    };

    private IBusDeadLetters Bus() => buses.FirstOrDefault(b => string.Equals(b.Name, options.Value.Driver, StringComparison.OrdinalIgnoreCase))
        ?? throw new OperatorFault(
            409, $"The driver {options.Value.Driver} has no dead-letter queue of its own.", "Only a bus keeps one.", "The agent's own dead letters are listed without --bus.");

    private static async Task<T> AskAsync<T>(IBusDeadLetters bus, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OperatorFault(502, $"The dead-letter queue of {bus.Name} could not be used.", fault.Message, "Check that the bus runs and that its settings are right.", fault);
        }
    }

    private static OperatorFault NoSuch(long id) => new(
        404, $"There is no dead letter {id}.", "Its number is wrong, or it was replayed or dropped long ago.", "./agent dead list shows those there are.");
}
