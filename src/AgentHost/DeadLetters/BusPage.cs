namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>The oldest messages of the bus's own dead-letter queue.</summary>
/// <param name="Bus">The driver.</param>
/// <param name="Messages">The oldest first.</param>
/// <param name="More">True when there may be more.</param>
internal sealed record BusPage(string Bus, IReadOnlyList<BusLetterView> Messages, bool More);
