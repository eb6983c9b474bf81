namespace Flatfile.Spaces.Records.Ffql;

/// <summary>One piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text without quotes and escapes.</param>
/// <param name="Position">Where it begins, counted from 1.</param>
internal readonly record struct FfqlToken(FfqlTokenKind Kind, string Text, int Position)
{
    /// <summary>Whether it is this word of the language, in any case.</summary>
    public bool Is(string word) => Kind == FfqlTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>How a message names it.</summary>
    public string Shown => Kind == FfqlTokenKind.End ? "the end" : $"'{(Text.Length > 40 ? Text[..40] + "…" : Text)}'";
}
