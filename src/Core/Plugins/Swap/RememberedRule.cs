namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>A rule of a handler in written form.</summary>
internal sealed record RememberedRule(IReadOnlyList<string> Topics, IReadOnlyList<string> Filters, bool Fallback);
