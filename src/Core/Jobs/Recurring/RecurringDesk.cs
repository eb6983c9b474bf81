namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The desk over the agent's store.</summary>
internal sealed class RecurringDesk(RecurringCatalog catalog, IRecurringStore store, RecurringSlots slots, RecurringBell bell, TimeProvider time) : IRecurringDesk
{
    private const int MostListed = 1000;

    public async Task<IReadOnlyList<RecurringStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var (rows, open) = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        var known = rows.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var all = new List<RecurringStatus>();
        foreach (var work in catalog.Current.Values.OrderBy(w => w.Id, StringComparer.Ordinal))
        {
            var row = known.GetValueOrDefault(work.Id);
            var paused = work.IsPaused(row?.Paused ?? false);
            all.Add(new RecurringStatus
            {
                Entry = work.ToEntry(row?.Paused ?? false),
                Plugin = work.Binding.Plugin,
                Source = work.Binding.Source,
                Overlap = work.Overlap,
                Misfire = work.Misfire,
                LastSlot = row?.LastSlot,
                NextSlot = paused ? null : row?.NextSlot ?? slots.FromNow(work),
                Open = open.FirstOrDefault(r => r.Id == work.Id),
                Last = (await store.LatestAsync(work.Id, StoredRecurring.Kept, cancellationToken).ConfigureAwait(false)).FirstOrDefault(r => r.EndedAt is not null),
            });
        }

        return all;
    }

    public Task<IReadOnlyList<RecurringRun>> RunsAsync(string id, int limit, CancellationToken cancellationToken)
    {
        Find(id);
        return store.LatestAsync(id, Math.Clamp(limit, 1, MostListed), cancellationToken);
    }

    public Task<RecurringRun?> FindAsync(long number, CancellationToken cancellationToken) => store.FindAsync(number, cancellationToken);

    public async Task<long> RunNowAsync(string id, IReadOnlyDictionary<string, string>? arguments, CancellationToken cancellationToken)
    {
        Find(id);
        var number = await store.AskAsync(id, time.GetUtcNow(), arguments ?? new Dictionary<string, string>(), cancellationToken).ConfigureAwait(false);
        bell.Ring();
        return number;
    }

    public Task PauseAsync(string id, CancellationToken cancellationToken) => SetAsync(id, paused: true, cancellationToken);

    public Task ResumeAsync(string id, CancellationToken cancellationToken) => SetAsync(id, paused: false, cancellationToken);

    private async Task SetAsync(string id, bool paused, CancellationToken cancellationToken)
    {
        var work = Find(id);
        if (work.SetPaused is { } set)
        {
            throw new InvalidOperationException($"Agent:Recurring:{id}:Paused is {set}, and the settings have the last word. Take the setting away to pause and resume it here.");
        }

        await store.TrackAsync(id, work.ScheduleText, slots.FromNow(work), cancellationToken).ConfigureAwait(false);
        await store.PauseAsync(id, paused, slots.FromNow(work), cancellationToken).ConfigureAwait(false);
        bell.Ring();
    }

    private RecurringWork Find(string id) => catalog.Find(id)
        ?? throw new KeyNotFoundException($"There is no recurring work '{id}'. Known: {string.Join(", ", catalog.Current.Keys.Order(StringComparer.Ordinal))}.");
}
