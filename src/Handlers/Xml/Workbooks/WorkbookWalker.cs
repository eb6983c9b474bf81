using System.Globalization;
using System.Text;
using System.Xml;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml.Workbooks;

/// <summary>Walks through the rows of an Excel 2003 XML file (SpreadsheetML).</summary>
internal sealed class WorkbookWalker(XmlReader reader, XmlGuard guard) : IDisposable
{
    public const string Space = "urn:schemas-microsoft-com:office:spreadsheet";
    private const int MaxRow = 1_048_576;

    private readonly List<string> _sheets = [];
    private readonly HashSet<int> _hidden = [];
    private readonly StringBuilder _text = new();
    private long _row;

    /// <summary>Names of the worksheets met so far.</summary>
    public IReadOnlyList<string> Sheets => _sheets;

    /// <summary>Numbers of those that are hidden; known behind their rows.</summary>
    public IReadOnlySet<int> Hidden => _hidden;

    /// <summary>The next row with data; null at the end of the file.</summary>
    /// <exception cref="XmlException">The file is no XML here.</exception>
    /// <exception cref="UnreadableFileException">Something in it passes a limit.</exception>
    public WorkbookRow? Next()
    {
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "Worksheet" when reader.NamespaceURI == Space:
                    BeginSheet();
                    break;
                case "Visible":
                    if (reader.ReadElementContentAsString() is "SheetHidden" or "SheetVeryHidden")
                    {
                        _hidden.Add(_sheets.Count - 1);
                    }

                    break;
                case "Row" when reader.NamespaceURI == Space && _sheets.Count > 0:
                    if (ReadRow() is { Cells.Count: > 0 } row)
                    {
                        return row;
                    }

                    break;
            }
        }

        return null;
    }

    public void Dispose() => reader.Dispose();

    private void BeginSheet()
    {
        if (_sheets.Count == TableLimits.Tables)
        {
            throw TableLimits.TooManyTables("Save the workbook as XLSX with fewer sheets.");
        }

        _sheets.Add(reader.GetAttribute("Name", Space) ?? $"Sheet{_sheets.Count + 1}");
        _row = 0;
    }

    private WorkbookRow ReadRow()
    {
        guard.Mark();
        _row = Number("Index") ?? (_row + 1);
        if (_row is < 1 or > MaxRow)
        {
            throw new UnreadableFileException($"Sheet '{_sheets[^1]}' of this file has a row {_row}, more than a worksheet can have. Save it again in Excel and upload it.");
        }

        var row = new WorkbookRow(_sheets.Count - 1, _row, ReadCells());
        guard.Unmark();
        return row;
    }

    private List<WorkbookCell> ReadCells()
    {
        var cells = new List<WorkbookCell>();
        var span = Number("Span") ?? 0;
        if (!reader.IsEmptyElement)
        {
            var (depth, column) = (reader.Depth, 0L);
            while (reader.Read() && reader.Depth > depth)
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Cell" })
                {
                    column = (Number("Index") - 1) ?? column;
                    var width = 1 + (Number("MergeAcross") ?? 0);
                    if (column < 0 || width < 1 || column + width > TableLimits.Columns)
                    {
                        throw TableLimits.TooManyColumns();
                    }

                    if (ReadCell((int)column) is { Text.Length: > 0 } cell)
                    {
                        cells.Add(cell);
                    }

                    column += width;
                }
            }
        }

        _row += span;
        return cells;
    }

    private WorkbookCell? ReadCell(int column)
    {
        WorkbookCell? cell = null;
        if (reader.IsEmptyElement)
        {
            return cell;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Data" } && reader.Depth == depth + 1)
            {
                var type = reader.GetAttribute("Type", Space);
                cell = WorkbookCell.Of(column, type, ReadText());
            }
        }

        return cell;
    }

    /// <summary>The text of an element with that of formatted runs inside it.</summary>
    private string ReadText()
    {
        _text.Clear();
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                _text.Append(reader.Value);
            }
        }

        return _text.ToString();
    }

    private long? Number(string attribute) =>
        long.TryParse(reader.GetAttribute(attribute, Space), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, int.MaxValue) : null;
}
