namespace Flatfile.Agent.Core.Jobs;

/// <summary>A ticket as an engine knows it.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="NotBefore">The time it waits for; null when it is due or runs.</param>
/// <param name="IsRunning">False while it waits. True may also be what a node that has died left behind.</param>
public sealed record EngineEntry(string TicketId, DateTimeOffset? NotBefore, bool IsRunning);
