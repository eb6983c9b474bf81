namespace Flatfile.Agent.Handlers.Reading;

/// <summary>A table of a file: its columns are known, its rows follow one at a time.</summary>
public interface ITable
{
    /// <summary>The sheet's name in a spreadsheet, the file's name without extension where the file is the table.</summary>
    string Name { get; }

    /// <summary>One per column, as the header has it; a column without a name is called <c>Column 3</c>. May hold one text twice.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>How the table is read and why: dialect, header row, rows passed over. Complete when its last row has been read.</summary>
    IReadOnlyList<ReadDecision> Decisions { get; }

    /// <summary>The current row's number, as the program shows it that the file was made with: the first is 1.</summary>
    long Row { get; }

    /// <summary>Why the current row cannot be taken, with its number and what to do; null when it can. Its cells may not be asked then.</summary>
    string? Refusal { get; }

    /// <summary>The header as it stands in the file, where its rows are lines of text: it heads the download of refused rows. Null when there is none.</summary>
    string? OriginalHeader => null;

    /// <summary>The column that is the reason, when one alone is; null otherwise.</summary>
    int? RefusedColumn => null;

    /// <summary>Moves to the next row of data; rows without any content are none.</summary>
    /// <returns>False behind the last row.</returns>
    /// <exception cref="UnreadableFileException">The rest of the table cannot be read.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The text of a cell, nothing lost of what the file holds; empty for no value. Valid until the next call of any method.</summary>
    ReadOnlySpan<char> Cell(int column);

    /// <summary>What the file itself says the cell is: text where the file does not tell.</summary>
    CellKind Kind(int column);

    /// <summary>What a person should know of the cell, such as that it held a formula's error; null for nothing. Becomes a message on the cell.</summary>
    string? Remark(int column);

    /// <summary>The current row as it stands in the file, for the download of refused rows: its text, or its cells as JSON where it is no text.</summary>
    ReadOnlySpan<char> Original { get; }
}
