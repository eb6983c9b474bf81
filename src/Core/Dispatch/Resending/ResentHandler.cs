namespace Flatfile.Agent.Core.Dispatch.Resending;

/// <summary>What became of an event sent again, for one handler that it is for.</summary>
/// <param name="HandlerId">The handler.</param>
/// <param name="Runs">True when it gets the event; false when it had it already.</param>
/// <param name="Why">Why it does not get it; null when it does.</param>
public sealed record ResentHandler(string HandlerId, bool Runs, string? Why);
