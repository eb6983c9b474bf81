using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>A workbook of any spreadsheet format: each sheet that a person sees and that holds something is a table.</summary>
internal sealed class SpreadsheetFile : ITableFile
{
    private readonly IWorkbook _workbook;
    private readonly FileContent _content;
    private readonly ReadOptions _options;
    private readonly CellWriter _notes;
    private readonly List<ReadDecision> _decisions = [];
    private ISheetReader? _reader;
    private ITable? _first;
    private int _next;

    private SpreadsheetFile(IWorkbook workbook, FileContent content, ReadOptions options, CellWriter notes)
    {
        _workbook = workbook;
        _content = content;
        _options = options;
        _notes = notes;
    }

    public string Format => _workbook.Format;

    public IReadOnlyList<ReadDecision> Decisions => [.. _decisions];

    public double Progress
    {
        get
        {
            var done = Math.Max(0, Volatile.Read(ref _next) - 1);
            return _workbook.Sheets.Count == 0 ? 0 : Math.Min(1, (done + (_reader?.Progress ?? 0)) / _workbook.Sheets.Count);
        }
    }

    /// <summary>Finds the first table.</summary>
    /// <param name="workbook">Disposed with the result, or here when it has no table.</param>
    /// <param name="content">Disposed with the result.</param>
    /// <param name="options">What a person knows better.</param>
    /// <param name="notes">What the workbook's cells are written by.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">No sheet holds anything.</exception>
    public static async Task<SpreadsheetFile> OpenAsync(IWorkbook workbook, FileContent content, ReadOptions options, CellWriter notes, CancellationToken cancellationToken)
    {
        var file = new SpreadsheetFile(workbook, content, options, notes);
        try
        {
            file.CheckTables();
            file.Describe();
            file._first = await file.FindNextAsync(cancellationToken) ?? throw file.Empty();
            return file;
        }
        catch
        {
            await file.CloseAsync();
            throw;
        }
    }

    public async ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken)
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        return await FindNextAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _content.DisposeAsync();
    }

    private async ValueTask CloseAsync()
    {
        if (_reader is not null)
        {
            await _reader.DisposeAsync();
        }

        await _workbook.DisposeAsync();
    }

    private async ValueTask<ITable?> FindNextAsync(CancellationToken cancellationToken)
    {
        while (_next < _workbook.Sheets.Count)
        {
            var number = _next;
            Volatile.Write(ref _next, number + 1);
            var sheet = _workbook.Sheets[number];
            if (IsWanted(sheet) && await TableAsync(number, sheet, cancellationToken) is { } table)
            {
                return table;
            }
        }

        return null;
    }

    private bool IsWanted(SheetInfo sheet)
    {
        if (_options.Tables is { } tables)
        {
            return tables.Contains(sheet.Name, StringComparer.OrdinalIgnoreCase);
        }

        if (sheet.Hidden && _options.HiddenSheets != true)
        {
            _decisions.Add(new ReadDecision("hiddenSheets", sheet.Name, 1, $"The sheet '{sheet.Name}' is hidden in the workbook and was left out."));
            return false;
        }

        return true;
    }

    private async ValueTask<ITable?> TableAsync(int number, SheetInfo sheet, CancellationToken cancellationToken)
    {
        await OpenReaderAsync(number, cancellationToken);
        if (await SheetLayout.FindAsync(_reader!, _options, cancellationToken) is not { } layout)
        {
            _decisions.Add(new ReadDecision("tables", sheet.Name, 1, $"The sheet '{sheet.Name}' is empty and was left out."));
            return null;
        }

        _notes.Noted.Clear();
        await OpenReaderAsync(number, cancellationToken);
        return new SpreadsheetTable(sheet.Name, _reader!, layout, _notes);
    }

    private async ValueTask OpenReaderAsync(int number, CancellationToken cancellationToken)
    {
        if (_reader is { } before)
        {
            _reader = null;
            await before.DisposeAsync();
        }

        _reader = await _workbook.OpenAsync(number, cancellationToken);
    }

    private void CheckTables()
    {
        if (_options.Tables?.FirstOrDefault(t => !_workbook.Sheets.Any(s => s.Name.Equals(t, StringComparison.OrdinalIgnoreCase))) is { } unknown)
        {
            throw new UnreadableFileException($"The reading option 'tables' names the sheet '{unknown}', which this workbook has not. Its sheets: {string.Join(", ", _workbook.Sheets.Select(s => s.Name))}.");
        }
    }

    private void Describe()
    {
        if (_workbook.From1904)
        {
            _decisions.Add(new ReadDecision("dateSystem", "1904", 1, "The workbook counts its days from 1 January 1904."));
        }
    }

    private UnreadableFileException Empty() => new(_workbook.Sheets.Any(s => s.Hidden) && _options.HiddenSheets != true
        ? "Every sheet of this workbook that holds something is hidden. Unhide the sheets to be read, or set the reading option 'hiddenSheets', and read the file again."
        : "This workbook is empty: no sheet of it holds a value. Upload a file with a header and rows.");
}
