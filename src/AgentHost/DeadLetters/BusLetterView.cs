namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A message of the bus's own dead-letter queue, as it travels.</summary>
internal sealed record BusLetterView(string MessageId, string Reason, int Deliveries, DateTimeOffset? At, string Body);
