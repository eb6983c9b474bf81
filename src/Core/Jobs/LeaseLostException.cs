namespace Flatfile.Agent.Core.Jobs;

/// <summary>Another run owns the ticket by now.</summary>
internal sealed class LeaseLostException(string ticketId) : OperationCanceledException($"Another run has taken over ticket {ticketId}; this one may not write any more.");
