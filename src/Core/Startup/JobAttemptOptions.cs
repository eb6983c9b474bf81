namespace Flatfile.Agent.Core.Startup;

/// <summary>How often and how long a job is tried, section <c>Agent:Jobs</c>.</summary>
public sealed class JobAttemptOptions
{
    /// <summary>Runs that threw before the job is failed.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Runs without a checkpoint that ended with the death of the process before the job is failed.</summary>
    public int MaxFatalAttempts { get; set; } = 5;

    /// <summary>The longest one run may take.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The longest time in which nothing is seen of a run: no report of progress, no checkpoint, no call to Flatfile.</summary>
    public TimeSpan MaxSilence { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a job of Flatfile that one of our handlers is for may be ready or under way without anybody working on it before it is failed there; zero for ever.</summary>
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How often the parts of a split job are looked at when no event tells of them.</summary>
    public TimeSpan PartsCheck { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the first failure: short, as most faults pass at once.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after the second failure; it doubles from run to run.</summary>
    public TimeSpan NextDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a run owns its ticket without renewing it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a running job asks whether it was cancelled when no event and no answer told it.</summary>
    public TimeSpan CancelCheck { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long the end of a job is told to a Flatfile that does not answer before the ticket becomes a dead letter.</summary>
    public TimeSpan OutcomeDeadline { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often forgotten tickets are looked for.</summary>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromMinutes(1);
}
