using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsb;

/// <summary>A workbook in binary parts.</summary>
internal sealed class XlsbWorkbook : IWorkbook
{
    private const int MaxSheets = 5000;
    private const int MaxStyles = 1_000_000;

    private readonly OfficePackage _package;
    private readonly List<SheetInfo> _sheets = [];
    private readonly List<string> _parts = [];
    private readonly List<NumberFormat> _styles = [];
    private SharedStrings? _strings;

    private XlsbWorkbook(OfficePackage package) => _package = package;

    public string Format => "XLSB";

    public IReadOnlyList<SheetInfo> Sheets => _sheets;

    public bool From1904 { get; private set; }

    /// <summary>Writes the cells of all sheets.</summary>
    public CellWriter Cells { get; private set; } = new(from1904: false);

    /// <summary>Reads what the workbook says of its sheets, styles and texts.</summary>
    /// <param name="package">Disposed with the result.</param>
    /// <param name="part">The workbook's part.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It is damaged.</exception>
    public static async ValueTask<XlsbWorkbook> OpenAsync(OfficePackage package, string part, CancellationToken cancellationToken)
    {
        var workbook = new XlsbWorkbook(package);
        try
        {
            var relations = Relations.Of(package, part);
            await workbook.EachAsync(part, record => workbook.TakeSheet(record, relations), cancellationToken);
            workbook.Cells = new CellWriter(workbook.From1904);
            await workbook.ReadStylesAsync(relations, cancellationToken);
            await workbook.ReadStringsAsync(relations, cancellationToken);
            return workbook;
        }
        catch
        {
            workbook._strings?.Dispose();
            throw;
        }
    }

    public ValueTask<ISheetReader> OpenAsync(int sheet, CancellationToken cancellationToken)
    {
        var name = _parts[sheet];
        var part = PartBuffer.OpenBinary(_package.Open(name), name);
        return ValueTask.FromResult<ISheetReader>(new XlsbSheetReader(part, _package.Length(name), _sheets[sheet].Name, new XlsbCells(Cells, new SharedText(_strings), _styles)));
    }

    public ValueTask DisposeAsync()
    {
        _strings?.Dispose();
        _package.Dispose();
        return ValueTask.CompletedTask;
    }

    private void TakeSheet(XlsbRecords record, IReadOnlyList<Relation> relations)
    {
        if (record.Id == XlsbRecord.WorkbookProperties)
        {
            From1904 = (record.Byte(0) & 1) != 0;
        }
        else if (record.Id == XlsbRecord.Sheet && _sheets.Count < MaxSheets)
        {
            var at = 2 * sizeof(uint);
            var id = record.Text(ref at).ToString();
            var name = record.Text(ref at).ToString();
            if (relations.FirstOrDefault(r => r.Id == id) is { Kind: "worksheet" } relation)
            {
                _sheets.Add(new SheetInfo(name, record.Number(0) != 0));
                _parts.Add(relation.Target);
            }
        }
    }

    private async ValueTask ReadStylesAsync(IReadOnlyList<Relation> relations, CancellationToken cancellationToken)
    {
        if (Part(relations, "styles") is not { } part)
        {
            return;
        }

        var custom = new Dictionary<int, NumberFormat>();
        var inCells = false;
        await EachAsync(part, record =>
        {
            switch (record.Id)
            {
                case XlsbRecord.NumberFormat:
                    var at = sizeof(ushort);
                    custom.TryAdd(record.Small(0), NumberFormat.Parse(record.Text(ref at).ToString()));
                    break;
                case XlsbRecord.BeginCellStyles or XlsbRecord.EndCellStyles:
                    inCells = record.Id == XlsbRecord.BeginCellStyles;
                    break;
                case XlsbRecord.Style when inCells && _styles.Count < MaxStyles:
                    var id = record.Small(sizeof(ushort));
                    _styles.Add(custom.GetValueOrDefault(id) ?? NumberFormat.BuiltIn(id));
                    break;
            }
        }, cancellationToken);
    }

    private async ValueTask ReadStringsAsync(IReadOnlyList<Relation> relations, CancellationToken cancellationToken)
    {
        if (Part(relations, "sharedStrings") is not { } part)
        {
            return;
        }

        var strings = _strings = new SharedStrings();
        await EachAsync(part, record =>
        {
            if (record.Id == XlsbRecord.SharedText)
            {
                var at = 1;
                strings.Add(record.Text(ref at));
            }
        }, cancellationToken);
    }

    private string? Part(IReadOnlyList<Relation> relations, string kind) =>
        relations.FirstOrDefault(r => r.Kind == kind && _package.Has(r.Target))?.Target;

    private async ValueTask EachAsync(string name, Action<XlsbRecords> take, CancellationToken cancellationToken)
    {
        await using var part = PartBuffer.OpenBinary(_package.Open(name), name);
        do
        {
            TakeAll(part, take);
        }
        while (await part.FillAsync(cancellationToken));

        if (part.Bytes.Length > 0)
        {
            throw new UnreadableFileException($"The part {name} of this workbook is cut off: its last record does not end. Upload the file again; if that does not help, get it again from where it came from.");
        }
    }

    private static void TakeAll(PartBuffer part, Action<XlsbRecords> take)
    {
        var record = new XlsbRecords(part);
        while (record.Read())
        {
            take(record);
            record.Pass();
        }
    }
}
