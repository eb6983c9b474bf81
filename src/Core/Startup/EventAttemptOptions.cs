namespace Flatfile.Agent.Core.Startup;

/// <summary>How often and how long an inline handler is tried, section <c>Agent:Events</c>.</summary>
public sealed class EventAttemptOptions
{
    /// <summary>Tries of one handler for one event before the event becomes a dead letter.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>
    /// Deaths of the process before the event becomes a dead letter. Deaths of a process that ran nothing else count, and of the others one:
    /// those may have come from anything.
    /// </summary>
    public int MaxFatalAttempts { get; set; } = 3;

    /// <summary>The same where the agent has no other process for suspected handlers and runs them alone in its own: every end of the process while it did so counts.</summary>
    public int MaxSuspectedAttempts { get; set; } = 10;

    /// <summary>Handlers that go on although they were told to end, before the process goes down in order to be started anew; their threads cannot be ended otherwise.</summary>
    public int MaxStuckHandlers { get; set; } = 4;

    /// <summary>The longest one try may take.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause after the first failure; it doubles from try to try.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);
}
