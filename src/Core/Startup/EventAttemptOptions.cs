namespace Flatfile.Agent.Core.Startup;

/// <summary>How often and how long an inline handler is tried, section <c>Agent:Events</c>.</summary>
public sealed class EventAttemptOptions
{
    /// <summary>Tries of one handler for one event before the event becomes a dead letter.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Starts that ended with the death of the process, whatever its cause, before the event becomes a dead letter.</summary>
    public int MaxFatalAttempts { get; set; } = 10;

    /// <summary>The longest one try may take.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause after the first failure; it doubles from try to try.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);
}
