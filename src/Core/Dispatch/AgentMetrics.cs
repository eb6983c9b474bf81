using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The agent's counters and traces, under the name <c>Flatfile.Agent</c>.</summary>
internal sealed class AgentMetrics : IDisposable
{
    /// <summary>The name of meter and activity source.</summary>
    public const string SourceName = "Flatfile.Agent";

    private readonly ActivitySource _activities = new(SourceName);
    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _settled;
    private readonly Counter<long> _unmatched;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _jobs;
    private readonly Counter<long> _recurring;
    private readonly UpDownCounter<long> _stuck;
    private long _unmatchedCount;

    public AgentMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(SourceName);
        _received = _meter.CreateCounter<long>("flatfile.events.received");
        _settled = _meter.CreateCounter<long>("flatfile.events.settled");
        _unmatched = _meter.CreateCounter<long>("flatfile.events.unmatched");
        _deadLettered = _meter.CreateCounter<long>("flatfile.events.dead_lettered");
        _failures = _meter.CreateCounter<long>("flatfile.handlers.failures");
        _stuck = _meter.CreateUpDownCounter<long>("flatfile.handlers.stuck");
        _jobs = _meter.CreateCounter<long>("flatfile.jobs.ended");
        _recurring = _meter.CreateCounter<long>("flatfile.recurring.ended");
    }

    /// <summary>Events no handler was bound to.</summary>
    public long UnmatchedCount => Interlocked.Read(ref _unmatchedCount);

    /// <summary>Reports how many events are unsettled, and how old the oldest is.</summary>
    public void Report(UnsettledEvents unsettled)
    {
        _meter.CreateObservableGauge("flatfile.events.unsettled", () => unsettled.Count, "{event}", "Events on their way through this agent.");
        _meter.CreateObservableGauge(
            "flatfile.events.oldest_unsettled", () => unsettled.OldestAge.TotalSeconds, "s", "Since when the oldest of them waits, its time at the source included.");
    }

    public void Received() => _received.Add(1);

    public void Settled() => _settled.Add(1);

    public void Unmatched()
    {
        Interlocked.Increment(ref _unmatchedCount);
        _unmatched.Add(1);
    }

    public void DeadLettered() => _deadLettered.Add(1);

    public void HandlerFailed(string handlerId) => _failures.Add(1, new KeyValuePair<string, object?>("handler", handlerId));

    /// <summary>A handler goes on although it was told to end (+1), or has ended at last (-1).</summary>
    public void HandlerStuck(string handlerId, int change) => _stuck.Add(change, new KeyValuePair<string, object?>("handler", handlerId));

    public void JobEnded(string state) => _jobs.Add(1, new KeyValuePair<string, object?>("state", state));

    /// <summary>A run of recurring work ended.</summary>
    public void RecurringEnded(string id, string state) =>
        _recurring.Add(1, new KeyValuePair<string, object?>("recurring", id), new KeyValuePair<string, object?>("state", state));

    /// <summary>Starts a span; without a listener a plain activity, so that the trace still travels on.</summary>
    public Activity StartActivity(string name, string? traceParent)
    {
        var activity = _activities.StartActivity(name, ActivityKind.Consumer, traceParent);
        if (activity is not null)
        {
            return activity;
        }

        activity = new Activity(name);
        activity.SetIdFormat(ActivityIdFormat.W3C);
        if (traceParent is not null && ActivityContext.TryParse(traceParent, null, out _))
        {
            activity.SetParentId(traceParent);
        }

        return activity.Start();
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }
}
