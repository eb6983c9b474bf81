using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml.Workbooks;

/// <summary>One worksheet of an Excel 2003 XML file.</summary>
internal sealed class WorkbookTable(string name, int sheet, HeaderChoice header, XmlSource source) : ITable, IDisposable
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RowCells _cells = new(header.Labels.Count);
    private WorkbookWalker? _walker;
    private WorkbookRow? _row;
    private string? _original;

    public string Name => name;

    public IReadOnlyList<string> Labels => header.Labels;

    public IReadOnlyList<ReadDecision> Decisions => header.Decisions;

    public long Row => _row?.Number ?? 0;

    public string? Refusal { get; private set; }

    public ReadOnlySpan<char> Original =>
        _row is null ? default : _original ??= new JsonArray([.. _row.Cells.Select(c => (JsonNode)c.Text)]).ToJsonString(AsWritten);

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(Read());
        }
        catch (XmlException fault)
        {
            throw XmlSource.Fault(fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw source.Fault(fault);
        }
    }

    public ReadOnlySpan<char> Cell(int column) => _cells.Cell(column);

    public CellKind Kind(int column) => _cells.Kind(column);

    public string? Remark(int column) => _cells.Remark(column);

    public void Dispose() => _walker?.Dispose();

    private bool Read()
    {
        if (_walker is null)
        {
            var (reader, guard) = source.Parse();
            _walker = new WorkbookWalker(reader, guard);
        }

        while ((_row = _walker.Next()) is { } row && row.Sheet <= sheet)
        {
            if (row.Sheet == sheet && row.Number >= header.FirstDataRow)
            {
                Fill(row);
                return true;
            }
        }

        _row = null;
        return false;
    }

    private void Fill(WorkbookRow row)
    {
        _original = null;
        _cells.Clear();
        foreach (var cell in row.Cells)
        {
            _cells.Set(cell.Column, cell.Text, cell.Kind);
            if (cell.Kind == CellKind.Error)
            {
                _cells.Note(cell.Column, $"Its formula gave the error {cell.Text}.");
            }
        }

        Refusal = _cells.Holds('\0') ? $"row {row.Number} holds a NUL character, which is no text"
            : source.HasFaults && _cells.Holds(XmlSource.Mark) ? $"row {row.Number} holds bytes that are not UTF-8; save the file as UTF-8" : null;
    }
}
