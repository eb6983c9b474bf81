namespace Flatfile.Agent.Core.Jobs;

/// <summary>The answer to a claim.</summary>
/// <param name="Answer">What may happen now.</param>
/// <param name="Ticket">The ticket as it stands; null when there is none.</param>
internal readonly record struct TicketClaim(ClaimAnswer Answer, JobTicket? Ticket);
