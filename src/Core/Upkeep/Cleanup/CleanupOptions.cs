namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>Which completed spaces are exported and deleted, section <c>Agent:Cleanup</c>. When it runs stands in <c>Agent:Recurring:cleanup</c>.</summary>
public sealed class CleanupOptions
{
    /// <summary>True to say only what would go. So it is until somebody decides otherwise.</summary>
    public bool DryRun { get; set; } = true;

    /// <summary>How long a completed space must have been untouched.</summary>
    public TimeSpan UntouchedFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The most spaces one run exports and deletes.</summary>
    public int MaxPerRun { get; set; } = 20;

    /// <summary>A space with this label stays, whatever its age.</summary>
    public string HoldLabel { get; set; } = "hold";

    /// <summary>A label that marks a space as completed, for a Flatfile that knows no such state; null for none.</summary>
    public string? CompletedLabel { get; set; }

    /// <summary>Where the exports go; null for a folder in the agent's data folder. With several agents, one that all of them reach.</summary>
    public string? ExportFolder { get; set; }
}
