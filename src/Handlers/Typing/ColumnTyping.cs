using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>
/// Finds out what the values of a column are. Feed it every cell with <see cref="Add(ReadOnlySpan{char}, CellKind)"/>, then ask <see cref="Conclude"/>.
/// Its memory does not grow with the column. Not for use by two threads at once.
/// </summary>
/// <param name="name">The column's name; it speaks only where the values leave something open.</param>
/// <param name="options">What a person knows better; null for nothing.</param>
public sealed class ColumnTyping(string name, TypingOptions? options = null)
{
    private readonly ColumnTallies _tallies = new(options ?? TypingOptions.Auto);

    /// <summary>Takes one cell.</summary>
    /// <param name="cell">Its text; empty for no value. Not kept.</param>
    /// <param name="kind">What the file itself says it is.</param>
    public void Add(ReadOnlySpan<char> cell, CellKind kind = CellKind.Text) => _tallies.Add(cell, kind);

    /// <summary>How the cells become values of a field whose type is known.</summary>
    /// <param name="wanted"><see cref="ColumnType.Decimal"/>, <see cref="ColumnType.Date"/> or <see cref="ColumnType.Boolean"/>: how the values are read where the column
    /// is known to hold numbers, dates or truth values, however many cells hold something else.</param>
    public TypedColumn ConcludeAs(ColumnType wanted) => new TypeDecision(name, options ?? TypingOptions.Auto, _tallies).DecideAs(wanted);

    /// <summary>What is known so far. May be asked several times.</summary>
    public TypedColumn Conclude() => new TypeDecision(name, options ?? TypingOptions.Auto, _tallies).Decide();
}
