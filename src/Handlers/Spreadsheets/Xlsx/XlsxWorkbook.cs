using System.Xml;
using Flatfile.Agent.Handlers.Reading;

using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>A workbook in Office Open XML, in either dialect of the standard.</summary>
internal sealed class XlsxWorkbook : IWorkbook
{
    private readonly OfficePackage _package;
    private readonly IReadOnlyList<string> _parts;
    private readonly string? _stringsPart;
    private readonly IReadOnlyList<NumberFormat> _styles;
    private SharedStrings? _strings;

    private XlsxWorkbook(OfficePackage package, WorkbookPart workbook, string? stringsPart, IReadOnlyList<NumberFormat> styles)
    {
        _package = package;
        _stringsPart = stringsPart;
        _styles = styles;
        _parts = [.. workbook.Sheets.Select(s => s.Part)];
        Sheets = [.. workbook.Sheets.Select(s => s.Info)];
        From1904 = workbook.From1904;
        Cells = new CellWriter(From1904);
    }

    public string Format => "XLSX";

    public IReadOnlyList<SheetInfo> Sheets { get; }

    public bool From1904 { get; }

    /// <summary>Writes the cells of all sheets.</summary>
    public CellWriter Cells { get; }

    /// <summary>Reads what the workbook says of its sheets and styles.</summary>
    /// <param name="package">Disposed with the result.</param>
    /// <param name="part">The workbook's part.</param>
    /// <exception cref="XmlException">One of them is not well-formed.</exception>
    public static XlsxWorkbook Open(OfficePackage package, string part)
    {
        var workbook = WorkbookPart.Read(package, part);
        var relations = Relations.Of(package, part);
        var styles = Part(package, relations, "styles") is { } stylesPart ? ReadStyles(package, stylesPart) : [];
        return new XlsxWorkbook(package, workbook, Part(package, relations, "sharedStrings"), styles);
    }

    public async ValueTask<ISheetReader> OpenAsync(int sheet, CancellationToken cancellationToken)
    {
        if (_strings is null && _stringsPart is not null)
        {
            await using var strings = await PartBuffer.OpenAsync(_package.Open(_stringsPart), _stringsPart, cancellationToken);
            _strings = new SharedStrings();
            await new XlsxStrings(_strings).ReadAsync(strings, cancellationToken);
        }

        var name = _parts[sheet];
        var part = await PartBuffer.OpenAsync(_package.Open(name), name, cancellationToken);
        return new XlsxSheetReader(part, _package.Length(name), Sheets[sheet].Name, new XlsxCells(Cells, _strings, _styles));
    }

    public ValueTask DisposeAsync()
    {
        _strings?.Dispose();
        _package.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? Part(OfficePackage package, IReadOnlyList<Relation> relations, string kind) =>
        relations.FirstOrDefault(r => r.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase) && package.Has(r.Target))?.Target
        ?? package.Names.FirstOrDefault(n => n.EndsWith($"/{kind}.xml", StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<NumberFormat> ReadStyles(OfficePackage package, string part)
    {
        using var xml = package.OpenXml(part);
        return StyleTable.Read(xml);
    }
}
