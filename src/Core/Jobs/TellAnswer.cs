namespace Flatfile.Agent.Core.Jobs;

/// <summary>Where telling Flatfile led.</summary>
/// <param name="State">How the ticket ends; null when Flatfile could not be told yet.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal readonly record struct TellAnswer(TicketState? State, string Reason);
