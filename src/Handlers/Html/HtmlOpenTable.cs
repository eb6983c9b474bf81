using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>A table whose end has not been met, with the row and cell being read.</summary>
internal sealed class HtmlOpenTable(int number)
{
    private const int MaxSpan = 1000;
    private const int MaxRowSpan = 65_534;

    private readonly HtmlCellText _text = new();
    private readonly List<HtmlCell> _cells = [];
    private readonly List<int> _covered = [];
    private bool _inRow;
    private bool _inCell;
    private bool _isHeader;
    private bool _isRowInHead;
    private int _columnSpan;
    private int _rowSpan;
    private int _column;
    private long _rows;
    private long _length;

    public int Number => number;

    /// <summary>The open part of the table: <c>thead</c>, <c>tbody</c>, <c>tfoot</c>, or null.</summary>
    public string? Section { get; private set; }

    public bool InCaption { get; private set; }

    public bool InCell => _inCell;

    /// <summary>The cell's tag: <c>td</c>, <c>th</c>, or null outside any.</summary>
    public string? Cell => !_inCell ? null : _isHeader ? "th" : "td";

    public string Caption { get; private set; } = "";

    /// <summary>Takes text and tags of the cell or caption.</summary>
    public HtmlCellText? Text => _inCell || InCaption ? _text : null;

    public void BeginCaption()
    {
        _text.Take();
        InCaption = true;
    }

    public void EndCaption()
    {
        if (InCaption)
        {
            Caption = _text.Take().ReplaceLineEndings(" ");
            InCaption = false;
        }
    }

    public void BeginRow()
    {
        EndCaption();
        Section ??= "tbody";
        (_inRow, _isRowInHead, _column, _length) = (true, Section == "thead", 0, 0);
    }

    public void BeginCell(bool isHeader, int columnSpan, int rowSpan)
    {
        if (!_inRow)
        {
            BeginRow();
        }

        (_inCell, _isHeader, _columnSpan, _rowSpan) = (true, isHeader, Math.Min(columnSpan, MaxSpan), Math.Min(rowSpan, MaxRowSpan));
        _text.Take();
    }

    public void EndCell()
    {
        if (!_inCell)
        {
            return;
        }

        _inCell = false;
        while (_column < _covered.Count && _covered[_column] > 0)
        {
            _column++;
        }

        if (_column + _columnSpan > TableLimits.Columns)
        {
            throw TableLimits.TooManyColumns();
        }

        var text = _text.Take();
        _length += text.Length;
        if (_length > 4L * TableLimits.XmlRecord)
        {
            throw new UnreadableFileException($"Row {_rows + 1} of a table in this file is longer than {4 * TableLimits.XmlRecord / 1024 / 1024} million characters, the limit. Check that its tags are closed, and upload the file again.");
        }

        _cells.Add(new HtmlCell(_column, _columnSpan, _isHeader, text));
        Cover();
        _column += _columnSpan;
    }

    /// <summary>The row that ends here; null when none was begun.</summary>
    public HtmlRow? EndRow()
    {
        EndCell();
        if (!_inRow)
        {
            return null;
        }

        _inRow = false;
        var row = new HtmlRow(number, ++_rows, _isRowInHead, Caption, [.. _cells]);
        _cells.Clear();
        for (var i = 0; i < _covered.Count; i++)
        {
            _covered[i] = Math.Max(0, _covered[i] - 1);
        }

        return row;
    }

    /// <summary>Begins a part of the table, or ends it with null. Spans from above end with their part.</summary>
    public void Enter(string? section)
    {
        Section = section;
        _covered.Clear();
    }

    /// <summary>Counts this row too; the end of the row takes one off.</summary>
    private void Cover()
    {
        if (_rowSpan <= 1)
        {
            return;
        }

        while (_covered.Count < _column + _columnSpan)
        {
            _covered.Add(0);
        }

        for (var i = 0; i < _columnSpan; i++)
        {
            _covered[_column + i] = _rowSpan;
        }
    }
}
