namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What became known of a column after its last cell.</summary>
/// <param name="Name">As the header has it.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Evidence">Sentences with counts: what the type and the reading were concluded from.</param>
public sealed record TypedColumn(string Name, ColumnType Type, double Confidence, IReadOnlyList<string> Evidence)
{
    /// <summary>How its cells become values; null for text, and while <see cref="Question"/> is open.</summary>
    public ValueReading? Reading { get; init; }

    /// <summary>What a person must say before its cells can become values; null when all is clear.</summary>
    public TypingQuestion? Question { get; init; }

    /// <summary>Further ways its cells can be read, should the field they go to want them: days counted by spreadsheets, 0 and 1 as truth values.</summary>
    public IReadOnlyList<ValueReading> Alternatives { get; init; } = [];

    /// <summary>The decimal mark its own values prove: other columns of the file may take it over.</summary>
    public char? DecisiveMark { get; init; }

    /// <summary>The order of day and month its own values prove.</summary>
    public DateOrder? DecisiveOrder { get; init; }

    /// <summary>Cells with a value.</summary>
    public long Filled { get; init; }

    /// <summary>Cells without, among them words such as <c>N/A</c>.</summary>
    public long Blank { get; init; }

    /// <summary>Cells with a value that the reading cannot read.</summary>
    public long Unreadable { get; init; }

    /// <summary>No value stands twice; null when there are too many to know.</summary>
    public bool? IsUnique { get; init; }

    /// <summary>Different values with how often they stand there, the most frequent first; not all when there are many, see <see cref="HasAllValues"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Values { get; init; } = [];

    /// <summary><see cref="Values"/> holds every value of the column.</summary>
    public bool HasAllValues { get; init; }
}
