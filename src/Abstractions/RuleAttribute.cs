namespace Flatfile.Agent;

/// <summary>A rule in the language of expressions, such as <c>start &lt;= end</c>: on a property its message stands on that field, on a class on the fields named.</summary>
/// <param name="expression">True for a row that is well; a row for which it is neither true nor false, because a cell is empty, is well too.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RuleAttribute(string expression) : Attribute
{
    /// <summary>The rule. Fields are named by their keys.</summary>
    public string Expression { get; } = expression;

    /// <summary>What a person reads where it does not hold; the rule itself when absent.</summary>
    public string? Message { get; init; }

    /// <summary>How heavy it is.</summary>
    public MessageLevel Level { get; init; } = MessageLevel.Error;

    /// <summary>On a class: the properties that carry the message, by <c>nameof</c>.</summary>
    public string[]? Fields { get; init; }
}
