namespace Flatfile.Agent;

/// <summary>How long one try of a handler may take, and how often it is tried. What is not given is as the settings say for all.</summary>
/// <remarks>
/// The settings <c>Agent:Handlers:&lt;id&gt;:AttemptTimeout</c>, <c>Agent:Handlers:&lt;id&gt;:MaxAttempts</c> and <c>Agent:Handlers:&lt;id&gt;:MaxSilence</c> win.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class AttemptAttribute : Attribute
{
    /// <summary>The longest one try may take, such as <c>00:00:30</c>.</summary>
    public string? Timeout { get; init; }

    /// <summary>Tries in all, 1 or more; 0 when it is not given.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>
    /// For a job handler: the longest time, such as <c>00:10:00</c>, in which it may give no sign of life. Signs are reports of progress,
    /// checkpoints and calls to Flatfile.
    /// </summary>
    public string? MaxSilence { get; init; }
}
