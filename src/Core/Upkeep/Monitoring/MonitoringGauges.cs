using System.Diagnostics.Metrics;
using Flatfile.Agent.Core.Dispatch;

namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>What was measured last, as metrics. On an agent that is not the elected one there is nothing to see.</summary>
internal sealed class MonitoringGauges
{
    /// <summary>Spaces that are told of; each is a series of its own.</summary>
    private const int MostSpaces = 1000;

    private volatile IReadOnlyList<SpaceReading> _spaces = [];
    private volatile AgentReading? _agent;
    private volatile IReadOnlyList<Alert> _alerts = [];

    public MonitoringGauges(IMeterFactory meters)
    {
        var meter = meters.Create(AgentMetrics.SourceName);
        meter.CreateObservableGauge("flatfile.spaces.storage", () => Each(s => s.StorageBytes), "By");
        meter.CreateObservableGauge("flatfile.spaces.records", () => Each(s => s.Records));
        meter.CreateObservableGauge("flatfile.spaces.age", () => Each(s => (long)s.Age.TotalSeconds), "s");
        meter.CreateObservableGauge("flatfile.spaces.stuck_jobs", () => Each(s => s.StuckJobs.Count));
        meter.CreateObservableGauge("flatfile.agent.nodes", () => Agent(a => a.Nodes));
        meter.CreateObservableGauge("flatfile.agent.dead_letters", () => Agent(a => a.DeadLetters));
        meter.CreateObservableGauge("flatfile.agent.open_tickets", () => Agent(a => a.OpenTickets));
        meter.CreateObservableGauge("flatfile.agent.job_errors", () => Agent(a => (long?)a.ErrorPercent), "%");
        meter.CreateObservableGauge(
            "flatfile.monitoring.alerts",
            () => _alerts.GroupBy(a => a.Kind).Select(g => new Measurement<long>(g.Count(), new KeyValuePair<string, object?>("kind", g.Key))));
    }

    public void Set(IReadOnlyList<SpaceReading> spaces, AgentReading agent, IReadOnlyList<Alert> alerts) =>
        (_spaces, _agent, _alerts) = ([.. spaces.OrderByDescending(s => s.StorageBytes ?? 0).Take(MostSpaces)], agent, alerts);

    private IEnumerable<Measurement<long>> Each(Func<SpaceReading, long?> value) =>
        from space in _spaces
        let measured = value(space)
        where measured is not null
        select new Measurement<long>(measured.Value, new KeyValuePair<string, object?>("space", space.SpaceId));

    private IEnumerable<Measurement<long>> Agent(Func<AgentReading, long?> value) =>
        _agent is { } agent && value(agent) is { } measured ? [new Measurement<long>(measured)] : [];
}
