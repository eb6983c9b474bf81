namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>A part of a shelf.</summary>
/// <param name="Tickets">In the order of the shelf.</param>
/// <param name="Next">Give it as <c>behind</c> for those that follow; null at the end.</param>
public sealed record TicketPage(IReadOnlyList<TicketSummary> Tickets, long? Next);
