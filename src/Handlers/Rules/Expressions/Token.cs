namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>One word of a rule.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotes and brackets.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
