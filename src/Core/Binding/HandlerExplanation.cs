namespace Flatfile.Agent.Core.Binding;

/// <summary>Why one handler does or does not get an event.</summary>
/// <param name="Plugin">The plugin it comes from.</param>
/// <param name="HandlerId">The handler.</param>
/// <param name="Kind">Inline or as a job.</param>
/// <param name="Matches">Whether it gets the event.</param>
/// <param name="Lines">Topic by topic, then filter key by filter key: HIT or MISS, what was looked for and what the event had.</param>
public sealed record HandlerExplanation(string Plugin, string HandlerId, HandlerKind Kind, bool Matches, IReadOnlyList<string> Lines);
