namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>A workbook of any spreadsheet format: its sheets with cells, and their rows as often as they are asked for.</summary>
internal interface IWorkbook : IAsyncDisposable
{
    /// <summary>As a person knows it: <c>XLSX</c>.</summary>
    string Format { get; }

    /// <summary>Sheets with cells in the order of their tabs; charts and dialogs are none.</summary>
    IReadOnlyList<SheetInfo> Sheets { get; }

    /// <summary>Days are counted from 1904, as old programs for the Macintosh did.</summary>
    bool From1904 { get; }

    /// <summary>Reads a sheet from its first row. One at a time: the one before is disposed first.</summary>
    /// <exception cref="Reading.UnreadableFileException">The sheet cannot be read.</exception>
    ValueTask<ISheetReader> OpenAsync(int sheet, CancellationToken cancellationToken);
}
