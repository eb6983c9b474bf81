namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Words that programs and people write where there is no value.</summary>
internal static class BlankWords
{
    private const int Longest = 8;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "n/a", "na", "#n/a", "n.a.", "n.v.", "k.a.", "k. a.", "s/o", "nd", "n.d.", "null", "(null)", "nil", "none", "nan", "-", "--", "---", "–", "—", "?", "???", ".", "tbd", "\\N", "#null!", "(blank)",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> cell) => cell.Length <= Longest && Words.Contains(cell);
}
