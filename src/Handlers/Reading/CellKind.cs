namespace Flatfile.Agent.Handlers.Reading;

/// <summary>What a file says a cell is. The cell's text stands in the form given here.</summary>
public enum CellKind
{
    /// <summary>As it stands.</summary>
    Text,

    /// <summary>No value.</summary>
    Empty,

    /// <summary>Digits, at most one <c>.</c>, a leading <c>-</c>, an exponent: as JSON has it.</summary>
    Number,

    /// <summary>ISO 8601: <c>2026-01-31</c>, <c>2026-01-31T10:30:00</c>, or <c>10:30:00</c>.</summary>
    Date,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A spreadsheet's error such as <c>#N/A</c>.</summary>
    Error,
}
