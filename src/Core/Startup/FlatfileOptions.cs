namespace Flatfile.Agent.Core.Startup;

/// <summary>Which Flatfile the agent works against, section <c>Agent:Flatfile</c>.</summary>
public sealed class FlatfileOptions
{
    /// <summary>The address, such as <c>https://platform.flatfile.com/api</c>.</summary>
    public string? ApiUrl { get; set; }

    /// <summary>The secret key.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// After an insert whose answer was lost, at a server that cannot tell a repeat from a new one: how long the rows may still be on their way.
    /// </summary>
    public TimeSpan ReadBackTime { get; set; } = TimeSpan.FromSeconds(10);
}
