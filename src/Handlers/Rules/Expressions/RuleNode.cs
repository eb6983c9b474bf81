namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>A part of a rule, with its types checked.</summary>
/// <param name="Type">What <paramref name="Value"/> yields.</param>
/// <param name="Position">Where it begins in the rule, from 0.</param>
/// <param name="Value">
/// Works it out for one row: a <see cref="decimal"/>, a <see cref="string"/>, a <see cref="bool"/> or a list of texts, as <paramref name="Type"/> says; null for nothing.
/// </param>
internal sealed record RuleNode(RuleType Type, int Position, Func<RuleRow, object?> Value)
{
    /// <summary>The constant, when it is one; else null.</summary>
    public object? Constant { get; init; }
}
