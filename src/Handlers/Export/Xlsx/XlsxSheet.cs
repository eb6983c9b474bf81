using System.Globalization;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>One worksheet on its way into its part. Texts are written as texts, so that none is ever a formula.</summary>
internal sealed class XlsxSheet : IDisposable
{
    /// <summary>Characters a cell of Excel holds.</summary>
    public const int MostText = 32_767;

    private const int LastColumn = 16_384;

    private readonly Stream _stream;
    private readonly Utf8Output _output;
    private readonly ExportSheet _sheet;
    private readonly ExportOptions _options;
    private readonly XlsxNotes _notes;
    private readonly byte[][] _columns;
    private readonly bool[] _dates;
    private XlsxComments? _comments;

    public XlsxSheet(Stream stream, ExportSheet sheet, ExportOptions options, XlsxNotes notes, bool isFirst)
    {
        (_stream, _output, _sheet, _options, _notes) = (stream, new Utf8Output(stream), sheet, options, notes);
        _columns = [.. Enumerable.Range(0, sheet.Labels.Count + Shift).Select(ColumnName.Of)];
        _dates = [.. sheet.Fields.Select(f => f.Type == PropertyType.Date)];
        Begin(isFirst);
    }

    /// <summary>Rows written, the header too.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns before those of the fields.</summary>
    private int Shift => _options.IncludeRecordIds ? 1 : 0;

    /// <summary>Writes a row.</summary>
    public void Write(ExportRow row)
    {
        BeginRow();
        if (Shift > 0)
        {
            Text(0, row.Id, style: 0);
        }

        for (var column = 0; column < row.Count; column++)
        {
            Cell(row, column);
        }

        _output.Raw("</row>"u8);
        if (_options.Messages && row.Messages.Count > 0)
        {
            Comment(row);
        }
    }

    /// <summary>Ends the worksheet.</summary>
    /// <returns>Its comments, for the parts they are written in; null for none.</returns>
    public XlsxComments? End()
    {
        _output.Raw("</sheetData>"u8);
        if (_comments is not null)
        {
            _output.Raw("<legacyDrawing r:id=\"rId1\"/>"u8);
        }

        _output.Raw("</worksheet>"u8);
        _output.Flush();
        _stream.Dispose();
        return _comments;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stream.Dispose();
        _comments?.Dispose();
    }

    private void Begin(bool isFirst)
    {
        _output.Text($"""{XlsxParts.Declaration}<worksheet xmlns="{XlsxParts.Main}" xmlns:r="{XlsxParts.Office}"><sheetViews><sheetView {(isFirst ? "tabSelected=\"1\" " : "")}workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>""");
        if (_columns.Length > 0)
        {
            _output.Raw("<cols>"u8);
            for (var column = 1; column <= _columns.Length; column++)
            {
                var label = column <= Shift ? ExportOptions.RecordIdLabel : _sheet.Labels[column - 1 - Shift];
                _output.Text(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{column}\" max=\"{column}\" width=\"{Math.Clamp(label.Length + 4, 12, 60)}\" customWidth=\"1\"/>"));
            }

            _output.Raw("</cols>"u8);
        }

        _output.Raw("<sheetData>"u8);
        BeginRow();
        if (Shift > 0)
        {
            Text(0, ExportOptions.RecordIdLabel, style: 1);
        }

        for (var column = 0; column < _sheet.Labels.Count; column++)
        {
            Text(column + Shift, Fit(_sheet.Labels[column], column), style: 1);
        }

        _output.Raw("</row>"u8);
    }

    private void BeginRow()
    {
        Rows++;
        _output.Raw("<row r=\""u8);
        _output.Number(Rows);
        _output.Raw("\">"u8);
    }

    private void Cell(ExportRow row, int column)
    {
        var text = row.Text(column);
        switch (row.Kind(column))
        {
            case CellKind.Empty:
                break;
            case CellKind.Boolean:
                BeginCell(column + Shift, " t=\"b\"><v>"u8);
                _output.Raw(text is "true" ? "1</v></c>"u8 : "0</v></c>"u8);
                break;
            case CellKind.Number when ExcelValues.Keeps(text):
                BeginCell(column + Shift, "><v>"u8);
                _output.Text(text);
                _output.Raw("</v></c>"u8);
                break;
            case CellKind.Text when _dates[column] && ExcelValues.Date(text) is { } date:
                BeginCell(column + Shift, date.HasTime ? " s=\"3\"><v>"u8 : " s=\"2\"><v>"u8);
                _output.Text(date.Serial.ToString("R", CultureInfo.InvariantCulture));
                _output.Raw("</v></c>"u8);
                break;
            case CellKind.Number:
                _notes.NumberAsText();
                Text(column + Shift, text, style: 0);
                break;
            default:
                Text(column + Shift, Fit(text, column), style: 0);
                break;
        }
    }

    private ReadOnlySpan<char> Fit(ReadOnlySpan<char> text, int column)
    {
        if (text.Length <= MostText)
        {
            return text;
        }

        _notes.Cut(_sheet.Sheet.Name, _sheet.Labels[column], Rows);
        return text[..(char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText)];
    }

    private void Text(int column, ReadOnlySpan<char> text, int style)
    {
        BeginCell(column, style == 0 ? " t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : " s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        XlsxText.Write(_output, text);
        _output.Raw("</t></is></c>"u8);
    }

    private void BeginCell(int column, ReadOnlySpan<byte> rest)
    {
        _output.Raw("<c r=\""u8);
        _output.Raw(_columns[column]);
        _output.Number(Rows);
        _output.Raw("\""u8);
        _output.Raw(rest);
    }

    private void Comment(ExportRow row)
    {
        foreach (var cell in row.Messages.GroupBy(m => m.Column).OrderBy(g => g.Key))
        {
            _comments ??= new XlsxComments();
            if (_comments.Count == XlsxComments.Most || cell.Key + Shift >= LastColumn)
            {
                _notes.LeaveOut();
                continue;
            }

            var text = string.Join('\n', cell.Select(m => $"{m.Level}: {m.Text}"));
            _comments.Add(Rows, cell.Key + Shift, text.Length <= MostText ? text : text[..MostText]);
        }
    }
}
