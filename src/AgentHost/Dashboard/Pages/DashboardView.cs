using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Seen;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Dashboard.Recurring;
using Flatfile.Agent.Host.DeadLetters;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>Everything the page shows, read once.</summary>
internal sealed record DashboardView
{
    public required DateTimeOffset At { get; init; }

    public required AgentHealth Health { get; init; }

    public required DashboardQuery Query { get; init; }

    public required IReadOnlyList<PluginReport> Plugins { get; init; }

    public required HandlerCatalog Catalog { get; init; }

    public required IReadOnlyList<SeenEvent> Events { get; init; }

    /// <summary>Null while the store does not answer.</summary>
    public StoredView? Stored { get; init; }

    /// <summary>Null when the host has no recurring work.</summary>
    public IReadOnlyList<RecurringRow>? Recurring { get; init; }

    /// <summary>What the store holds.</summary>
    /// <param name="Status">Driver, engine, numbers.</param>
    /// <param name="Counts">Tickets by shelf.</param>
    /// <param name="Running">A part of them, as the query says.</param>
    /// <param name="Waiting">A part of them.</param>
    /// <param name="Failed">A part of them.</param>
    /// <param name="Progress">Of the running ones, by job; one Flatfile does not tell of is missing.</param>
    /// <param name="Letters">A part of the dead letters that wait.</param>
    internal sealed record StoredView(
        AgentStatus Status, TicketCounts Counts, TicketPage Running, TicketPage Waiting, TicketPage Failed, IReadOnlyDictionary<string, JobProgress> Progress, LetterPage Letters);
}
