using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Startup;

/// <summary>What an operator wants to know of a running agent.</summary>
public sealed record AgentStatus
{
    /// <summary>The driver that brings events in.</summary>
    public required string Driver { get; init; }

    /// <summary>The engine that runs jobs.</summary>
    public required string Engine { get; init; }

    /// <summary>Where the agent remembers.</summary>
    public required string Store { get; init; }

    /// <summary>Events on their way through the pipeline.</summary>
    public required int EventsInHand { get; init; }

    /// <summary>Jobs that run in this process.</summary>
    public required int RunningJobs { get; init; }

    /// <summary>Events since the start that no handler was bound to.</summary>
    public required long Unmatched { get; init; }

    /// <summary>Dead letters that wait for a person.</summary>
    public required long DeadLetters { get; init; }

    /// <summary>Dead letters whose replay is asked for.</summary>
    public required long ReplaysAsked { get; init; }

    /// <summary>Every plugin found, the refused ones with their reason.</summary>
    public required IReadOnlyList<PluginStatus> Plugins { get; init; }
}
