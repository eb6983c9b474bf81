using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>A workbook of Excel 5 to 2003.</summary>
internal sealed class XlsWorkbook : IWorkbook
{
    private const int MaxSheets = 5000;
    private const int Windows1252 = 1252;
    private const int MaxStyles = 100_000;

    private readonly BiffRecords _records;
    private readonly List<SheetInfo> _sheets = [];
    private readonly List<long> _places = [];
    private readonly List<NumberFormat> _styles = [];
    private readonly Dictionary<int, NumberFormat> _formats = [];
    private readonly SharedStrings _strings = new();
    private IReadOnlyList<long>? _order;
    private int _ordered = -1;
    private Encoding? _codePage;

    private XlsWorkbook(BiffRecords records) => _records = records;

    public string Format => "XLS";

    public IReadOnlyList<SheetInfo> Sheets => _sheets;

    public bool From1904 { get; private set; }

    /// <summary>Writes the cells of all sheets.</summary>
    public CellWriter Cells { get; private set; } = new(from1904: false);

    /// <summary>Reads what the workbook says of its sheets, styles and texts.</summary>
    /// <param name="file">Seekable; not disposed here.</param>
    /// <returns>Null for a workbook of another version, or behind a password.</returns>
    /// <exception cref="UnreadableFileException">It is damaged.</exception>
    public static XlsWorkbook? Open(Stream file)
    {
        if (CompoundFile.Find(file, "Workbook", "Book") is not { } stream)
        {
            return null;
        }

        var records = new BiffRecords(stream);
        if (!records.Read() || records.Id != BiffRecord.Begin || records.Small(0) is not (BiffRecord.Version8 or BiffRecord.Version5))
        {
            return null;
        }

        var workbook = new XlsWorkbook(records);
        if (records.Small(0) == BiffRecord.Version5)
        {
            workbook._codePage = CodePage(Windows1252);
        }

        if (workbook.ReadGlobals())
        {
            workbook.Cells = new CellWriter(workbook.From1904);
            return workbook;
        }

        workbook._strings.Dispose();
        return null;
    }

    public ValueTask<ISheetReader> OpenAsync(int sheet, CancellationToken cancellationToken)
    {
        if (_ordered != sheet)
        {
            _records.Seek(_places[sheet]);
            _order = RecordOrder.Of(_records);
            _ordered = sheet;
        }

        _records.Seek(_places[sheet]);
        var end = sheet + 1 < _places.Count && _places[sheet + 1] > _places[sheet] ? _places[sheet + 1] : _records.Length;
        return ValueTask.FromResult<ISheetReader>(new XlsSheetReader(_records, _order, end, _sheets[sheet].Name, new XlsCells(Cells, new SharedText(_strings), _styles, _codePage)));
    }

    public ValueTask DisposeAsync()
    {
        _strings.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>False when there is a password.</returns>
    private bool ReadGlobals()
    {
        while (_records.Read() && _records.Id != BiffRecord.End)
        {
            switch (_records.Id)
            {
                case BiffRecord.FilePassword:
                    return false;
                case BiffRecord.CodePage when _codePage is not null:
                    _codePage = CodePage(_records.Small(0));
                    break;
                case BiffRecord.DateMode:
                    From1904 = _records.Small(0) == 1;
                    break;
                case BiffRecord.Sheet:
                    AddSheet();
                    break;
                case BiffRecord.NumberFormat:
                    var id = _records.Small(0);
                    _formats.TryAdd(id, NumberFormat.Parse(Text(2, lengthBytes: _codePage is null ? 2 : 1).ToString()));
                    break;
                case BiffRecord.Style when _styles.Count < MaxStyles:
                    var used = _records.Small(2);
                    _styles.Add(_formats.GetValueOrDefault(used) ?? NumberFormat.BuiltIn(used));
                    break;
                case BiffRecord.SharedTexts:
                    new BiffText(_records, 8, null).ReadAll(_strings);
                    break;
            }
        }

        return true;
    }

    /// <summary>Macros, charts and modules are no sheets with cells.</summary>
    private void AddSheet()
    {
        var (place, state, kind) = (_records.Number(0), _records.Byte(4) & 3, _records.Byte(5));
        if (kind == 0 && _sheets.Count < MaxSheets)
        {
            _sheets.Add(new SheetInfo(Text(6, lengthBytes: 1).ToString(), state != 0));
            _places.Add(place);
        }
    }

    private ReadOnlySpan<char> Text(int at, int lengthBytes) => new BiffText(_records, at, _codePage).Read(lengthBytes);

    /// <summary>Some programs write numbers of their own for the pages of the Macintosh and of Windows.</summary>
    private static Encoding CodePage(int number)
    {
        try
        {
            return Encoding.GetEncoding(number switch { 32768 => 10000, 32769 => Windows1252, 1200 or 0 => Windows1252, _ => number });
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return Encoding.GetEncoding(Windows1252);
        }
    }
}
