namespace Flatfile.Agent.Core.Jobs;

/// <summary>Who this process is to the tickets it runs; new with every start.</summary>
internal sealed class AgentOwner
{
    public string Id { get; } = Guid.NewGuid().ToString("N");
}
