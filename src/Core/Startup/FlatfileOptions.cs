namespace Flatfile.Agent.Core.Startup;

/// <summary>Which Flatfile the agent works against, section <c>Agent:Flatfile</c>.</summary>
public sealed class FlatfileOptions
{
    /// <summary>The address, such as <c>https://platform.flatfile.com/api</c>.</summary>
    public string? ApiUrl { get; set; }

    /// <summary>The secret key.</summary>
    public string? ApiKey { get; set; }
}
