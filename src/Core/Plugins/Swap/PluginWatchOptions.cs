namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>How plugins are swapped while the agent runs, section <c>Agent:PluginWatch</c>.</summary>
public sealed class PluginWatchOptions
{
    /// <summary>Whether the folders are watched; without, a changed plugin is taken by command or at the next start.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often the folders are looked at, whatever the file system tells.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long nothing in a folder may have changed before it is taken: a copy in progress is left alone.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A new version of which more than this share of calls fails, in percent, is rolled back by itself. 100 switches that off.</summary>
    public int FailureLimit { get; set; } = 50;

    /// <summary>Calls before that share means anything.</summary>
    public int MinEvents { get; set; } = 20;

    /// <summary>How long after a swap the new version is on probation.</summary>
    public TimeSpan ProbationTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Earlier versions that are kept to go back to.</summary>
    public int KeepVersions { get; set; } = 2;

    /// <summary>How long the code of a replaced version may stay in memory after its last work before that is told.</summary>
    public TimeSpan UnloadLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the jobs of a plugin that was removed or is refused wait for it before they are failed.</summary>
    public TimeSpan JobPatience { get; set; } = TimeSpan.FromDays(1);
}
