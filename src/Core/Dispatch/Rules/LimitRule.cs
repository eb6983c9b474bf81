namespace Flatfile.Agent.Core.Dispatch.Rules;

/// <summary>How often a handler may run at once.</summary>
/// <param name="AtOnce">1 or more.</param>
/// <param name="Per">For each key of this kind; null for the handler altogether.</param>
internal sealed record LimitRule(int AtOnce, EventKey? Per);
