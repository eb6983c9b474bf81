namespace Flatfile.Agent.Handlers.Typing;

/// <summary>One way to read the cells of a column.</summary>
public abstract class ValueReading
{
    /// <summary>What comes out.</summary>
    public abstract ColumnType Type { get; }

    /// <summary>How it reads, for a person: <c>day before month</c>.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// The value in the form JSON and ISO 8601 have it: <c>-1234.50</c>, <c>true</c>, <c>2026-01-31</c>, <c>2026-01-31T10:30:00</c>. No digit is lost.
    /// </summary>
    /// <returns>Null when the cell cannot be read this way.</returns>
    public abstract string? Read(ReadOnlySpan<char> cell);
}
