namespace Kill.Agents;

/// <summary>The named places of the agent that an import comes by; each is died at about as often as the others.</summary>
internal sealed class FailPlaces(Random random)
{
    private static readonly string[] Names =
    [
        "event.received", "event.claimed", "event.handled", "event.stored", "job.ticket-stored", "job.fetched", "job.claimed", "job.acknowledged", "job.before-post",
        "job.after-post", "job.before-checkpoint", "job.after-checkpoint", "job.before-progress", "job.after-progress", "job.handler-returned", "job.before-complete",
        "job.after-complete", "job.ended",
    ];

    private readonly Dictionary<string, int> _died = Names.ToDictionary(n => n, _ => 0);
    private readonly Dictionary<string, int> _tried = Names.ToDictionary(n => n, _ => 0);

    /// <summary>Deaths by place.</summary>
    public IReadOnlyDictionary<string, int> Died => _died;

    /// <summary>The place tried least so far.</summary>
    public string Next()
    {
        var least = _tried.Values.Min();
        var next = _tried.Where(t => t.Value == least).Select(t => t.Key).ElementAt(random.Next(_tried.Values.Count(v => v == least)));
        _tried[next]++;
        return next;
    }

    public void Add(string place) => _died[place]++;
}
