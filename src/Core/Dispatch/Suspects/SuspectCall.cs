namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>One try of a handler on an event, to be made in another process.</summary>
/// <param name="HandlerId">The handler.</param>
/// <param name="Event">The event as received.</param>
/// <param name="Attempt">1 on the first try.</param>
/// <param name="Timeout">The longest it may take.</param>
/// <param name="TraceParent">The trace it belongs to, or null.</param>
internal sealed record SuspectCall(string HandlerId, ReadOnlyMemory<byte> Event, int Attempt, TimeSpan Timeout, string? TraceParent);
