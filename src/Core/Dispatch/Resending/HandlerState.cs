using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Dispatch.Resending;

/// <summary>What the inbox knows of one handler and one event.</summary>
/// <param name="HandlerId">The handler.</param>
/// <param name="Kind">Inline or as a job; null when no loaded plugin has it.</param>
/// <param name="Matches">Whether it gets the event as its bindings are now.</param>
/// <param name="Done">True when nothing is left to do: it handled the event, or gave up and left a dead letter.</param>
/// <param name="Deaths">Tries that began and did not end in order.</param>
public sealed record HandlerState(string HandlerId, HandlerKind? Kind, bool Matches, bool Done, int Deaths);
