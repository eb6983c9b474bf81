namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>The door for other clocks. Any agent may take a slot; the elected one runs it.</summary>
internal sealed class RecurringRunner(RecurringCatalog catalog, IRecurringStore store, RecurringSlots slots, RecurringBell bell, TimeProvider time) : IRecurringRunner
{
    public async Task FireAsync(string recurringId, FireCause cause, CancellationToken cancellationToken)
    {
        var work = catalog.Find(recurringId) ?? throw new KeyNotFoundException(
            $"There is no recurring work '{recurringId}'. Known: {string.Join(", ", catalog.Current.Keys.Order(StringComparer.Ordinal))}.");
        if (cause == FireCause.Asked)
        {
            await store.AskAsync(recurringId, time.GetUtcNow(), new Dictionary<string, string>(), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var (rows, _) = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
            await slots.DecideAsync(work, rows.FirstOrDefault(r => r.Id == recurringId), cancellationToken).ConfigureAwait(false);
        }

        bell.Ring();
    }
}
