namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>What a part of a rule yields; known before it runs. Any part may yield nothing instead.</summary>
internal enum RuleType
{
    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A text; dates are texts such as <c>2024-02-29</c>, whose order is that of the calendar.</summary>
    Text,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A list of texts.</summary>
    List,
}
