namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>What goes to the other process for one try.</summary>
internal sealed record SuspectRequest
{
    public required string HandlerId { get; init; }

    /// <summary>The version of its plugin the agent runs.</summary>
    public string? PluginVersion { get; init; }

    /// <summary>The event as received.</summary>
    public required byte[] Event { get; init; }

    public required int Attempt { get; init; }

    public required TimeSpan Timeout { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>The Flatfile the handler talks to.</summary>
    public required Uri Address { get; init; }

    public string? Token { get; init; }

    public string? EnvironmentId { get; init; }
}
