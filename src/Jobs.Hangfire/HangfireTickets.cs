using Flatfile.Agent.Core.Jobs;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Tickets as rows of Hangfire. Every call holds its thread until the database has answered.</summary>
internal sealed class HangfireTickets(HangfireStore store, TimeProvider time)
{
    private const int Page = 1_000;
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(1);

    /// <summary>Moves the row that waits for the ticket; without one, makes one.</summary>
    public void Enqueue(EngineTicket ticket)
    {
        var client = store.Client();
        var due = ticket.NotBefore > time.GetUtcNow() ? WholeSecond(ticket.NotBefore.Value) : default(DateTimeOffset?);
        using (var connection = store.Open().GetConnection())
        {
            foreach (var id in connection.GetAllItemsFromSet(TicketRows.KeyOf(ticket.Id)))
            {
                if (connection.GetStateData(id) is { } state && Waits(state) && (IsAsWished(state, due) || client.ChangeState(id, StateOf(ticket, due), state.Name)))
                {
                    return;
                }
            }
        }

        client.Create(TicketWork.RowOf(ticket), StateOf(ticket, due));
    }

    /// <summary>Ends every row of the ticket. One that runs is told by its node within about a second.</summary>
    public void Cancel(string ticketId)
    {
        var client = store.Client();
        using var connection = store.Open().GetConnection();
        foreach (var id in connection.GetAllItemsFromSet(TicketRows.KeyOf(ticketId)))
        {
            client.ChangeState(id, new DeletedState { Reason = "The ticket was cancelled." }, null);
        }
    }

    public IReadOnlyList<EngineEntry> List()
    {
        var rows = store.Open().GetMonitoringApi();
        var entries = new List<EngineEntry>();
        foreach (var queue in TicketQueues.All)
        {
            Add(entries, from => rows.EnqueuedJobs(queue, from, Page), r => r.State == EnqueuedState.StateName ? Entry(r.Job, null, false) : null);
        }

        Add(entries, from => rows.ScheduledJobs(from, Page), r => Entry(r.Job, new DateTimeOffset(DateTime.SpecifyKind(r.EnqueueAt, DateTimeKind.Utc)), false));
        Add(entries, from => rows.ProcessingJobs(from, Page), r => Entry(r.Job, null, true));
        return entries;
    }

    private static void Add<T>(List<EngineEntry> entries, Func<int, JobList<T>> read, Func<T, EngineEntry?> entry)
    {
        for (var from = 0; ; from += Page)
        {
            var page = read(from);

            // A row that ended while it was read, or that is none of ours, has nothing in it.
            entries.AddRange(page.Select(row => row.Value is null ? null : entry(row.Value)).OfType<EngineEntry>());
            if (page.Count < Page)
            {
                return;
            }
        }
    }

    private static EngineEntry? Entry(Job? row, DateTimeOffset? due, bool isRunning) =>
        TicketWork.TicketOf(row) is { } ticketId ? new EngineEntry(ticketId, due, isRunning) : null;

    private static IState StateOf(EngineTicket ticket, DateTimeOffset? due) =>
        due is { } later ? new ScheduledState(later.UtcDateTime) : new EnqueuedState(TicketQueues.Of(ticket.Priority));

    /// <summary>Hangfire counts times in whole seconds and would be up to one too early.</summary>
    private static DateTimeOffset WholeSecond(DateTimeOffset due)
    {
        var beyond = due.UtcTicks % TimeSpan.TicksPerSecond;
        return beyond == 0 ? due : due.AddTicks(TimeSpan.TicksPerSecond - beyond);
    }

    private static bool Waits(StateData state) => state.Name == EnqueuedState.StateName || state.Name == ScheduledState.StateName;

    private static bool IsAsWished(StateData state, DateTimeOffset? due) => due is null
        ? state.Name == EnqueuedState.StateName
        : state.Name == ScheduledState.StateName
            && state.Data.TryGetValue("EnqueueAt", out var at)
            && (due.Value.UtcDateTime - JobHelper.DeserializeDateTime(at)).Duration() < SameTime;
}
