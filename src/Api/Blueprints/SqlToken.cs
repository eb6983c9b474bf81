namespace Flatfile.Api;

/// <summary>One word of SQL.</summary>
/// <param name="Kind"><c>w</c> a word, <c>i</c> a quoted name, <c>t</c> a text, <c>n</c> a number, <c>s</c> a sign, <c>e</c> the end.</param>
/// <param name="Text">Without quotes.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct SqlToken(char Kind, string Text, int Line)
{
    public bool IsName => Kind is 'w' or 'i';

    public bool Is(string word) => Kind is 'w' or 's' && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == 'e' ? "the end" : $"'{Text}'";
}
