namespace Contracts.Agents;

/// <summary>One life of an agent's process.</summary>
/// <param name="Incarnation">Its name, which its handlers tell the oracle.</param>
/// <param name="EndedAt">When it was killed or died; null while it lives.</param>
public sealed record AgentLife(string Incarnation, DateTimeOffset? EndedAt);
