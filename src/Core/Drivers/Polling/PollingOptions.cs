namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>How the Polling driver asks, section <c>Agent:Polling</c>.</summary>
public sealed class PollingOptions
{
    /// <summary>The pause after an answer with events.</summary>
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The pause it grows to while nothing happens.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause while the source does not answer.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When the source says how long to wait, that is how long; but no longer than this.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How far each question reaches back behind the newest settled event: events may become visible late.</summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromSeconds(10);
}
