namespace Flatfile.Agent;

/// <summary>One message of a bus's own dead-letter queue.</summary>
/// <param name="MessageId">As the bus knows it; the event's id where the agent published it.</param>
/// <param name="Reason">Why it is there, as far as the bus tells.</param>
/// <param name="DeliveryCount">How often it was delivered.</param>
/// <param name="At">When it was put there; null when the bus does not tell.</param>
/// <param name="Body">The message.</param>
public sealed record BusDeadLetter(string MessageId, string Reason, int DeliveryCount, DateTimeOffset? At, ReadOnlyMemory<byte> Body);
