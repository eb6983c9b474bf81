using ExcelDataReader;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Library;

/// <summary>A workbook that ExcelDataReader reads.</summary>
internal sealed class LibraryWorkbook : IWorkbook
{
    private readonly IExcelDataReader _reader;

    private LibraryWorkbook(IExcelDataReader reader, string format, IReadOnlyList<SheetInfo> sheets)
    {
        _reader = reader;
        Format = format;
        Sheets = sheets;
    }

    public string Format { get; }

    public IReadOnlyList<SheetInfo> Sheets { get; }

    /// <summary>The dates come counted from 1900 whatever the file does.</summary>
    public bool From1904 => false;

    /// <summary>Writes the cells of all sheets.</summary>
    public CellWriter Cells { get; } = new(from1904: false);

    /// <summary>Opens a workbook.</summary>
    /// <param name="file">Seekable; not disposed here.</param>
    /// <param name="password">Null for none.</param>
    /// <exception cref="UnreadableFileException">It is damaged, no workbook, or behind another password.</exception>
    public static LibraryWorkbook Open(Stream file, string? password) => LibraryFaults.Guard(() =>
    {
        var container = new byte[Math.Min(file.Length, 512 * 1024)];
        file.ReadExactly(container);
        file.Position = 0;
        var packed = container.AsSpan().IndexOf("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8) >= 0;
        var settings = new ExcelReaderConfiguration { Password = password, LeaveOpen = true };
        var reader = packed ? ExcelReaderFactory.CreateReader(file, settings) : ExcelReaderFactory.CreateBinaryReader(file, settings);
        var sheets = new List<SheetInfo>();
        do
        {
            sheets.Add(new SheetInfo(reader.Name, reader.VisibleState is not (null or "visible")));
        }
        while (reader.NextResult());
        return new LibraryWorkbook(reader, packed ? "XLSX" : "XLS", sheets);
    }, password is not null);

    public ValueTask<ISheetReader> OpenAsync(int sheet, CancellationToken cancellationToken)
    {
        LibraryFaults.Guard(() =>
        {
            _reader.Reset();
            for (var i = 0; i < sheet; i++)
            {
                _reader.NextResult();
            }

            return true;
        }, withPassword: false);
        return ValueTask.FromResult<ISheetReader>(new LibrarySheetReader(_reader, Cells));
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }
}
