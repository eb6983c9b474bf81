using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>One table of an HTML file. A cell over several columns or rows has its text in the first of them.</summary>
internal sealed class HtmlTable(string name, int number, HeaderChoice header, HtmlFile file) : ITable
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RowCells _cells = new(header.Labels.Count);
    private HtmlWalker? _walker;
    private HtmlRow? _row;
    private string? _original;

    public string Name => name;

    public IReadOnlyList<string> Labels => header.Labels;

    public IReadOnlyList<ReadDecision> Decisions => header.Decisions;

    public long Row => _row?.Number ?? 0;

    public string? Refusal { get; private set; }

    public ReadOnlySpan<char> Original => _row is null ? default : _original ??= AsJson(_row);

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _walker ??= file.WalkTo(number);
        while ((_row = _walker.Next(number)) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _original = null;
            if (_row.Number < header.FirstDataRow || _row.IsBlank)
            {
                continue;
            }

            Fill(_row);
            return ValueTask.FromResult(true);
        }

        return ValueTask.FromResult(false);
    }

    public ReadOnlySpan<char> Cell(int column) => _cells.Cell(column);

    public CellKind Kind(int column) => _cells.Kind(column);

    public string? Remark(int column) => _cells.Remark(column);

    private static string AsJson(HtmlRow row) => new JsonArray([.. row.Cells.Select(c => (JsonNode)c.Text)]).ToJsonString(AsWritten);

    private void Fill(HtmlRow row)
    {
        _cells.Clear();
        foreach (var cell in row.Cells)
        {
            if (cell.Text.Length > 0)
            {
                _cells.Set(cell.Column, cell.Text, CellKind.Text);
            }
        }

        Refusal = _cells.Holds('\0') ? $"row {row.Number} holds a NUL character, which is no text"
            : file.HasFaults && _cells.Holds('\uFFFD') ? $"row {row.Number} holds bytes that are not UTF-8; save the file as UTF-8" : null;
    }
}
