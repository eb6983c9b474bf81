namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>How many tickets lie on each shelf.</summary>
/// <param name="Running">Runs at all agents of the store.</param>
/// <param name="Waiting">For their turn or their time.</param>
/// <param name="Failed">Of the inbox window.</param>
/// <param name="OldestWaiting">How long the oldest waiting one has been there; zero when none waits.</param>
public sealed record TicketCounts(long Running, long Waiting, long Failed, TimeSpan OldestWaiting);
