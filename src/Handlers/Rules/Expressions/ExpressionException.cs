namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>A rule cannot be read. The message names the place in it and what to write instead.</summary>
internal sealed class ExpressionException(int position, string what) : Exception($"At character {position + 1}: {what}")
{
    /// <summary>Counted from 0.</summary>
    public int Position { get; } = position;
}
