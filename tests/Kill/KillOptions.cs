namespace Kill;

/// <summary>What is to be run.</summary>
internal sealed record KillOptions
{
    /// <summary>Kills in all.</summary>
    public int Kills { get; init; } = 25;

    /// <summary>Times an agent stands still for longer than its lease (two agents only). All files are large then, so that a pause meets a run.</summary>
    public int Pauses { get; init; }

    /// <summary>How long it stands still each time.</summary>
    public TimeSpan PauseLength { get; init; } = TimeSpan.FromSeconds(36);

    /// <summary>How long a run keeps its job without a word; null for the agents' own default.</summary>
    public TimeSpan? Lease { get; init; }

    public KillEngine Engine { get; init; } = KillEngine.QuartzSqlite;

    /// <summary>Repeats the choices of another run, not its moments.</summary>
    public int Seed { get; init; }

    /// <summary>A fault put in on purpose, as <c>SeededFaults</c> names it; null for the host as users run it.</summary>
    public string? Fault { get; init; }

    /// <summary>Plugins of <c>tests/Plugins</c> that the agents have.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>Jobs that are open at the same time.</summary>
    public int OpenJobs { get; init; } = 6;

    /// <summary>How long the agents may need after the last kill until everything has ended.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>How long a kill waits until its agent works. With a fault that leaves no work to anybody this is how long each kill takes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
