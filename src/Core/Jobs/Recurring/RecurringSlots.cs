namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Looks which slots have come and takes them, each once over all agents.</summary>
internal sealed class RecurringSlots(IRecurringStore store, TimeProvider time)
{
    /// <summary>A slot that is found this much later was missed: nobody looked when it came.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Decides what has come of one piece of work. Returns when the store has it.</summary>
    /// <returns>True when a slot was taken.</returns>
    public async Task<bool> DecideAsync(RecurringWork work, RecurringRow? row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (row is null || row.Schedule != work.ScheduleText)
        {
            await store.TrackAsync(work.Id, work.ScheduleText, work.Schedule?.After(Later(now, row?.LastSlot)), cancellationToken).ConfigureAwait(false);
            return false;
        }

        if (work.Schedule is not { } schedule || row.NextSlot is not { } first || first > now || work.IsPaused(row.Paused))
        {
            return false;
        }

        var (latest, count) = schedule.Due(first, now);
        return await store.DecideAsync(
            new SlotDecision(
                work.Id, first, latest, schedule.After(latest), count - 1, now - latest > Tolerance, work.Overlap, work.Misfire,
                IgnoresPause: work.SetPaused == false, now),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next slot from now on, also when the clock was wrong before.</summary>
    public DateTimeOffset? FromNow(RecurringWork work) => work.Schedule?.After(time.GetUtcNow());

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
