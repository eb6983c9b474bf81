using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>One handler of a plugin as an operator sees it.</summary>
/// <param name="Id">What the inbox and tickets remember.</param>
/// <param name="Kind">Inline or as a job.</param>
/// <param name="Source">The class, or the entry of a listener.</param>
/// <param name="Topics">The topic globs.</param>
/// <param name="Refused">Why it is not bound, or null when it is.</param>
/// <param name="SwitchedOff">True when the settings keep it from running; it is then not bound and not refused.</param>
public sealed record HandlerStatus(string Id, HandlerKind Kind, string Source, IReadOnlyList<string> Topics, string? Refused = null, bool SwitchedOff = false);
