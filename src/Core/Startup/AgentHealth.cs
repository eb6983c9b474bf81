namespace Flatfile.Agent.Core.Startup;

/// <summary>Whether the agent of this process can work.</summary>
/// <param name="IsStarted">It has begun to receive, once; it stays so.</param>
/// <param name="StoreAnswers">What it remembers can be read now.</param>
/// <param name="WhyNotReady">Sentences without secrets; none when it works.</param>
public sealed record AgentHealth(bool IsStarted, bool StoreAnswers, IReadOnlyList<string> WhyNotReady)
{
    /// <summary>It takes events and runs jobs now.</summary>
    public bool IsReady => WhyNotReady.Count == 0;
}
