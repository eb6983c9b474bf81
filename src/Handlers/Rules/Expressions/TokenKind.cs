namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>Kinds of words in a rule.</summary>
internal enum TokenKind
{
    /// <summary>The end of the rule.</summary>
    End,

    /// <summary>A name: of a field, a function, or a word such as <c>and</c>.</summary>
    Name,

    /// <summary>The key of a field in brackets.</summary>
    Field,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in single or double quotes.</summary>
    Text,

    /// <summary>An operator, parenthesis or comma.</summary>
    Sign,
}
