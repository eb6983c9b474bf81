using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Flatfile.Agent.Handlers.Tests.Export;

/// <summary>A workbook as the vendor's own library reads it.</summary>
internal sealed partial class OpenedWorkbook : IDisposable
{
    private readonly SpreadsheetDocument _document;

    public OpenedWorkbook(Stream stream) => _document = SpreadsheetDocument.Open(stream, isEditable: false);

    public IReadOnlyList<string> SheetNames => [.. Sheets.Select(s => s.Name!.Value!)];

    private IEnumerable<Sheet> Sheets => _document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>();

    /// <summary>What the vendor's library has against the file.</summary>
    public List<string> Faults() => [.. new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2016).Validate(_document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];

    /// <summary>The cells of a worksheet: type, style and text by reference.</summary>
    public Dictionary<string, (string Type, uint Style, string Text)> Cells(int sheet) =>
        Part(sheet).Worksheet.Descendants<Cell>().ToDictionary(
            c => c.CellReference!.Value!, c => (c.DataType?.InnerText ?? "n", c.StyleIndex?.Value ?? 0, Plain(c.InlineString?.InnerText ?? c.CellValue?.Text ?? "")));

    public int Formulas(int sheet) => Part(sheet).Worksheet.Descendants<CellFormula>().Count();

    public int Rows(int sheet) => Part(sheet).Worksheet.Descendants<Row>().Count();

    public Pane? FrozenPane(int sheet) => Part(sheet).Worksheet.Descendants<Pane>().SingleOrDefault();

    /// <summary>The comments by their cells' references.</summary>
    public Dictionary<string, string> Comments(int sheet) =>
        Part(sheet).WorksheetCommentsPart?.Comments.Descendants<Comment>().ToDictionary(c => c.Reference!.Value!, c => Plain(c.InnerText)) ?? [];

    public void Dispose() => _document.Dispose();

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();

    private static string Plain(string text) => Escaped().Replace(text, m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private WorksheetPart Part(int sheet) => (WorksheetPart)_document.WorkbookPart!.GetPartById(Sheets.ElementAt(sheet).Id!.Value!);
}
