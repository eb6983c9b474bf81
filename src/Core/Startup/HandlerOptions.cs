namespace Flatfile.Agent.Core.Startup;

/// <summary>How one handler is run, section <c>Agent:Handlers:&lt;id&gt;</c>. What is set here wins over what the handler says of itself.</summary>
public sealed class HandlerOptions
{
    /// <summary>Which events it sees in order: <c>space</c>, <c>workbook</c>, <c>sheet</c>, <c>file</c>, <c>none</c>, or a path such as <c>payload.customerId</c>.</summary>
    public string? Lane { get; set; }

    /// <summary>Runs at once altogether.</summary>
    public int? Limit { get; set; }

    /// <summary>Runs at once for each key of a kind, such as <c>"sheet": 1</c>.</summary>
    public IDictionary<string, int> LimitPer { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The longest one try may take.</summary>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>Tries in all.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>The longest time in which nothing is seen of a run of a job handler.</summary>
    public TimeSpan? MaxSilence { get; set; }

    internal HandlerRules ToRules() => new()
    {
        Lane = Lane, Limit = Limit, LimitPer = LimitPer.AsReadOnly(), AttemptTimeout = AttemptTimeout, MaxAttempts = MaxAttempts, MaxSilence = MaxSilence,
    };
}
