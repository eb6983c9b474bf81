using Flatfile.Agent.Core.Jobs.Recurring;

namespace Flatfile.Agent.Host.Dashboard.Recurring;

/// <summary>The recurring work of the agent's desk, for the page.</summary>
internal sealed class DeskView(IRecurringDesk desk) : IRecurringView
{
    public async Task<IReadOnlyList<RecurringRow>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await desk.ListAsync(cancellationToken)).Select(Row)];

    public Task<bool> RunNowAsync(string name, CancellationToken cancellationToken) => IsKnownAsync(() => desk.RunNowAsync(name, null, cancellationToken));

    public Task<bool> PauseAsync(string name, CancellationToken cancellationToken) => IsKnownAsync(() => desk.PauseAsync(name, cancellationToken));

    public Task<bool> ResumeAsync(string name, CancellationToken cancellationToken) => IsKnownAsync(() => desk.ResumeAsync(name, cancellationToken));

    private static RecurringRow Row(RecurringStatus status)
    {
        var entry = status.Entry;
        var schedule = entry.Cron.Length == 0 ? "when asked" : $"{entry.Cron} ({entry.TimeZone})";
        var isRunning = status.Open is { State: RecurringRunState.Running };
        return new RecurringRow(
            entry.Id, schedule, status.NextSlot, status.Last?.StartedAt ?? status.Last?.EndedAt,
            isRunning || status.Last is not { } last ? null : $"{last.State}: {last.Message}", entry.Paused, isRunning);
    }

    private static async Task<bool> IsKnownAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (KeyNotFoundException)
        {
            return false;
        }
    }
}
