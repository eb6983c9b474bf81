namespace Flatfile.Agent.Core.Startup;

/// <summary>The agent cannot start; the message lists everything that is wrong and what to do.</summary>
public sealed class AgentStartException : Exception
{
    /// <summary>One report over all faults.</summary>
    public AgentStartException(IReadOnlyList<string> faults)
        : base(faults.Count == 1 ? faults[0] : "The agent cannot start:\n- " + string.Join("\n- ", faults)) => Faults = faults;

    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyList<string> Faults { get; }
}
