using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Seen;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Dashboard.Recurring;
using Flatfile.Agent.Host.DeadLetters;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>Reads what the page shows. What is away is left out, so that the page comes also when the store does not.</summary>
internal sealed partial class DashboardReader(
    AgentHealthSource health, AgentStatusSource status, JobDesk jobs, LocalDesk letters, PluginSwaps plugins, HandlerCatalogSource catalogs, EventTrail trail,
    IEnumerable<IRecurringView> recurring, TimeProvider time, ILogger<DashboardReader> log)
{
    private const int Rows = 25;
    private const int Events = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<DashboardView> ReadAsync(DashboardQuery query, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var view = new DashboardView
        {
            At = time.GetUtcNow(),
            Health = await health.TakeAsync(),
            Query = query,
            Plugins = plugins.List(),
            Catalog = catalogs.Current,
            Events = trail.Latest(Events),
        };
        if (!view.Health.StoreAnswers)
        {
            return view;
        }

        try
        {
            return view with { Stored = await ReadStoreAsync(query, limit.Token), Recurring = await ReadRecurringAsync(limit.Token) };
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // It went away between the question and the reading.
            NotRead(log, fault);
            return view;
        }
    }

    private async Task<DashboardView.StoredView> ReadStoreAsync(DashboardQuery query, CancellationToken cancellationToken)
    {
        var running = await jobs.ListAsync(TicketShelf.Running, query.Running, Rows, cancellationToken);
        return new DashboardView.StoredView(
            await status.TakeAsync(cancellationToken),
            await jobs.CountAsync(cancellationToken),
            running,
            await jobs.ListAsync(TicketShelf.Waiting, query.Waiting, Rows, cancellationToken),
            await jobs.ListAsync(TicketShelf.Failed, query.Failed, Rows, cancellationToken),
            await jobs.ProgressAsync([.. running.Tickets.Select(t => t.JobId)], cancellationToken),
            await letters.ListAsync(new LetterQuery(), Rows, query.Dead, cancellationToken));
    }

    private async Task<IReadOnlyList<RecurringRow>?> ReadRecurringAsync(CancellationToken cancellationToken) =>
        recurring.FirstOrDefault() is { } view ? await view.ListAsync(cancellationToken) : null;
}
