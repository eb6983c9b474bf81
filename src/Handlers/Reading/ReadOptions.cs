namespace Flatfile.Agent.Handlers.Reading;

/// <summary>How a file is to be read where a person knows better. What is null is found out from the file.</summary>
/// <remarks>Comes as the member <c>reading</c> of a job's input, in camel case.</remarks>
public sealed record ReadOptions
{
    /// <summary>Everything is found out.</summary>
    public static ReadOptions Auto { get; } = new();

    /// <summary>Format by name of extension without the dot, such as <c>csv</c> or <c>xlsx</c>, for a file whose name misleads.</summary>
    public string? Format { get; init; }

    /// <summary>Of text: a name such as <c>UTF-8</c>, <c>Windows-1252</c>, <c>Shift_JIS</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>Between cells of delimited text; one or several characters.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Around cells of delimited text; empty when quotes are characters like any other.</summary>
    public string? Quote { get; init; }

    /// <summary>Before a quote or delimiter that is part of a cell, such as a backslash; empty for none.</summary>
    public string? Escape { get; init; }

    /// <summary>Number of the row with the names of the columns; 0 when there is none.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>How many rows the header has, from <see cref="HeaderRow"/> down.</summary>
    public int? HeaderRows { get; init; }

    /// <summary>Only the tables with these names: sheets of a spreadsheet, arrays of JSON, files of an archive.</summary>
    public IReadOnlyList<string>? Tables { get; init; }

    /// <summary>Hidden sheets are read too.</summary>
    public bool? HiddenSheets { get; init; }

    /// <summary>Where the records stand in JSON or XML: <c>data.items</c>, <c>/orders/order</c>.</summary>
    public string? RecordPath { get; init; }

    /// <summary>Between names of nested JSON or XML that become one column; <c>.</c> for JSON and <c>/</c> for XML unless told.</summary>
    public string? PathSeparator { get; init; }

    /// <summary>Texts begin with an apostrophe where a spreadsheet would take them for formulas, as in exported CSV: one is taken away.</summary>
    public bool? Guarded { get; init; }

    /// <summary>What a password-protected file is opened with. Never told in an outcome or log.</summary>
    public string? Password { get; init; }
}
