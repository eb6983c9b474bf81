using System.IO.Compression;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>Writes a workbook: one worksheet for each sheet, and further ones where a sheet has more rows than a worksheet holds.</summary>
/// <param name="target">Where the bytes go; stays open.</param>
/// <param name="options">What goes into it.</param>
/// <param name="time">The time its parts bear.</param>
/// <param name="mostRows">Rows of a worksheet with its header.</param>
internal sealed class XlsxWriter(Stream target, ExportOptions options, DateTimeOffset time, int mostRows = XlsxWriter.MostRows) : ITableWriter
{
    /// <summary>What Excel allows.</summary>
    public const int MostRows = 1_048_576;

    private const int MostColumns = 16_384;

    private readonly ZipArchive _archive = new(target, ZipArchiveMode.Create, leaveOpen: true);
    private readonly SheetNames _names = new();
    private readonly List<string> _sheets = [];
    private readonly List<int> _commented = [];
    private readonly XlsxNotes _notes = new();
    private XlsxSheet? _open;
    private ExportSheet? _sheet;

    /// <inheritdoc />
    public IReadOnlyList<string> Notes => _notes.All;

    /// <inheritdoc />
    public void Begin(ExportSheet sheet)
    {
        var columns = sheet.Labels.Count + (options.IncludeRecordIds ? 1 : 0);
        if (columns > MostColumns)
        {
            throw new JobFailedException(
                $"The sheet '{sheet.Sheet.Name}' has {columns:N0} columns and Excel holds {MostColumns:N0}. Leave fields out, or export it as CSV.");
        }

        if (_sheets.Count == 0)
        {
            Part("_rels/.rels", XlsxParts.Root);
        }

        _sheet = sheet;
        Open();
    }

    /// <inheritdoc />
    public void Write(ExportRow row)
    {
        if (_open!.Rows == mostRows)
        {
            Close();
            Open();
            _notes.Split(_sheet!.Sheet.Name);
        }

        _open.Write(row);
    }

    /// <inheritdoc />
    public void End() => Close();

    /// <inheritdoc />
    public void Finish()
    {
        Part("xl/styles.xml", XlsxParts.Styles);
        using (var stream = Part("xl/workbook.xml"))
        {
            WriteWorkbook(new Utf8Output(stream));
        }

        Part("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelationships(_sheets.Count));
        Part("[Content_Types].xml", XlsxParts.ContentTypes(_sheets.Count, _commented));
        _archive.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _open?.Dispose();
        _archive.Dispose();
    }

    private void Open()
    {
        _sheets.Add(_names.Take(_sheet!.Sheet.Name));
        _open = new XlsxSheet(Part($"xl/worksheets/sheet{_sheets.Count}.xml"), _sheet, options, _notes, isFirst: _sheets.Count == 1);
    }

    private void Close()
    {
        using var sheet = _open!;
        _open = null;
        if (sheet.End() is not { } comments)
        {
            return;
        }

        var number = _sheets.Count;
        _commented.Add(number);
        using (var stream = Part($"xl/comments{number}.xml"))
        {
            comments.WriteTexts(stream);
        }

        using (var stream = Part($"xl/drawings/vmlDrawing{number}.vml"))
        {
            comments.WriteShapes(stream);
        }

        Part($"xl/worksheets/_rels/sheet{number}.xml.rels", XlsxParts.SheetRelationships(number));
    }

    private void WriteWorkbook(Utf8Output output)
    {
        output.Text($"""{XlsxParts.Declaration}<workbook xmlns="{XlsxParts.Main}" xmlns:r="{XlsxParts.Office}"><sheets>""");
        for (var number = 1; number <= _sheets.Count; number++)
        {
            output.Raw("<sheet name=\""u8);
            XlsxText.Write(output, _sheets[number - 1]);
            output.Text($"\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        }

        output.Raw("</sheets></workbook>"u8);
        output.Flush();
    }

    private Stream Part(string name)
    {
        var entry = _archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = time;
        return entry.Open();
    }

    private void Part(string name, string content)
    {
        using var stream = Part(name);
        stream.Write(Encoding.UTF8.GetBytes(content));
    }
}
