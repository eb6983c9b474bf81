using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>Asks durably for dead letters to be sent again. What is asked for is done by the agent that runs, or by the next one that starts.</summary>
public sealed class DeadLetterReplay
{
    /// <summary>The most letters one request takes.</summary>
    public const int MostAtOnce = 100_000;

    private const int Batch = 200;
    private const int Shown = 200;

    private readonly IDeadLetters _letters;
    private readonly IReplays _replays;
    private readonly ReplayOutlook _outlook;
    private readonly ReplayBell _bell;

    internal DeadLetterReplay(IDeadLetters letters, IReplays replays, ReplayOutlook outlook, ReplayBell bell)
    {
        _letters = letters;
        _replays = replays;
        _outlook = outlook;
        _bell = bell;
    }

    /// <summary>Asks for the replay of the letters meant, the oldest first, except those that could not run now.</summary>
    /// <exception cref="EditedEventException">The changed event is for no letter or for several, or cannot be sent in place of the letter's.</exception>
    public async Task<ReplayReport> RequestAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var limit = Math.Clamp(request.Limit, 1, MostAtOnce);
        var ids = await _letters.NumbersAsync(request.Filter with { States = [DeadLetterState.Open] }, limit + 1, cancellationToken).ConfigureAwait(false);
        if (request.Edited is { } edited)
        {
            await CheckAsync(edited, ids, cancellationToken).ConfigureAwait(false);
        }

        var (asked, refused, shown) = (0, 0, new List<ReplayForecast>());
        foreach (var batch in ids.Take(limit).Chunk(Batch))
        {
            var forecasts = await ForecastAsync(batch, request, cancellationToken).ConfigureAwait(false);
            var runnable = forecasts.Where(f => f.WhyNot is null).Select(f => f.Id).ToList();
            var done = request.DryRun || runnable.Count == 0
                ? runnable
                : await _replays.AskAsync(runnable, request.Edited, cancellationToken).ConfigureAwait(false);
            asked += done.Count;
            refused += forecasts.Count(f => f.WhyNot is not null);
            shown.AddRange(forecasts.Where(f => f.WhyNot is not null || done.Contains(f.Id)).Take(Shown - shown.Count));
        }

        if (!request.DryRun && asked > 0)
        {
            _bell.Ring();
        }

        return new ReplayReport(asked, refused, shown, ids.Count > limit);
    }

    private async Task<List<ReplayForecast>> ForecastAsync(IEnumerable<long> ids, ReplayRequest request, CancellationToken cancellationToken)
    {
        var forecasts = new List<ReplayForecast>();
        foreach (var id in ids)
        {
            if (await _letters.GetAsync(id, cancellationToken).ConfigureAwait(false) is not { State: DeadLetterState.Open } letter)
            {
                continue;
            }

            var forecast = await _outlook.OfAsync(letter with { Edited = null }, request.Edited, cancellationToken).ConfigureAwait(false);
            forecasts.Add(request.HandlersAreKnown ? forecast : forecast with { IsLoaded = null, VersionNow = null, Matches = null, WhyNot = null });
        }

        return forecasts;
    }

    private async Task CheckAsync(ReadOnlyMemory<byte> edited, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count != 1 || await _letters.GetAsync(ids[0], cancellationToken).ConfigureAwait(false) is not { } letter)
        {
            throw new EditedEventException($"A changed event is for one open dead letter, and {ids.Count} are meant. Name its number.");
        }

        try
        {
            var @event = FlatfileEvent.Parse(edited);
            if (letter.EventId is { } id && @event.Id != id)
            {
                throw new EditedEventException(
                    $"The changed event's id is '{@event.Id}', dead letter {letter.Id} is of event '{id}'. Leave the id as it is: what is done is remembered by it.");
            }
        }
        catch (UnreadableEventException fault)
        {
            throw new EditedEventException($"The changed event cannot be read: {fault.Message} Give one event as JSON, as Flatfile sends it.", fault);
        }
    }
}
