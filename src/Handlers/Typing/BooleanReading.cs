namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Truth values as people write them in many languages.</summary>
public sealed class BooleanReading : ValueReading
{
    private const int Longest = 10;

    private static readonly Dictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> Words = Spelled(
            "true yes y t 1 on x ✓ ✔ ☑ ja j wahr oui o vrai v sí si s verdadero vero sim verdadeiro tak prawda ano igen da да истина так kyllä evet ναι はい 是",
            "false no n f 0 off ✗ ✘ ☐ nein falsch non faux nee falso não nao nie fałsz ne nej nei ei nem nu нет ложь ні hayır όχι いいえ 否")
        .DistinctBy(w => w.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <inheritdoc />
    public override ColumnType Type => ColumnType.Boolean;

    /// <inheritdoc />
    public override string Description => "truth values";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public override string? Read(ReadOnlySpan<char> cell) => Find(cell.Trim()) switch
    {
        true => "true",
        false => "false",
        null => null,
    };

    internal static bool? Find(ReadOnlySpan<char> word) => word.Length <= Longest && Words.TryGetValue(word, out var truth) ? truth : null;

    private static IEnumerable<KeyValuePair<string, bool>> Spelled(string yes, string no) =>
        yes.Split(' ').Distinct().Select(w => KeyValuePair.Create(w, true)).Concat(no.Split(' ').Distinct().Select(w => KeyValuePair.Create(w, false)));
}
