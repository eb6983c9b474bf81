namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Who may look at the agent's pages, section <c>Agent:Dashboard</c>.</summary>
internal sealed class DashboardAccessOptions
{
    public const string Section = "Agent:Dashboard";

    /// <summary>False when there are no pages: every address of theirs then answers 404.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A key, 32 characters or more, with which people may look and change nothing; null for none. The operator's key may do both.</summary>
    public string? ReaderKey { get; set; }

    /// <summary>How long a sign-in lasts.</summary>
    public TimeSpan SignInFor { get; set; } = TimeSpan.FromHours(8);

    /// <summary>True to take keys and cookies over plain http from other machines too: only where the network itself keeps others from reading along.</summary>
    public bool AllowHttp { get; set; }
}
