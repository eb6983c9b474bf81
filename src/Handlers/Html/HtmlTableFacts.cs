using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>What the first pass over a file learns of one of its tables.</summary>
internal sealed class HtmlTableFacts(int number)
{
    private const int SampleRows = 200;
    private const int SampleLength = 64 * 1024;

    private readonly List<SampleRow> _sample = [];
    private readonly List<HtmlRow> _header = [];
    private int _sampled;
    private int _width;
    private bool _headerEnded;

    public int Number => number;

    /// <summary>Its caption; empty when it has none.</summary>
    public string Caption { get; set; } = "";

    /// <summary>Rows with any content.</summary>
    public long Rows { get; private set; }

    public void Learn(HtmlRow row)
    {
        if (row.IsBlank)
        {
            return;
        }

        Rows++;
        _width = Math.Max(_width, row.Cells.Where(c => c.Text.Length > 0).Max(c => c.Column + 1));
        _headerEnded |= !row.IsHeader;
        if (!_headerEnded && _sampled < SampleLength)
        {
            _header.Add(row);
        }

        if (_sample.Count < SampleRows && _sampled < SampleLength)
        {
            _sampled += row.Cells.Sum(c => c.Text.Length);
            _sample.Add(new SampleRow(row.Number, Spread(row, isFilled: false)));
        }
    }

    /// <summary>Names the columns.</summary>
    public HeaderChoice Close(ReadOptions options)
    {
        if (options.HeaderRow is not null || _header.Count == 0)
        {
            return HeaderChoice.Of(_sample, _width, options);
        }

        // A table of header cells alone still has data: only its first row is the header then.
        var marked = _headerEnded ? _header : [_header[0]];
        var naming = marked.Count > 1 ? marked.Where(r => !IsTitle(r)).ToList() : marked;
        var width = Math.Max(_width, marked.Max(r => r.Width));
        var decision = new ReadDecision("headerRow", string.Join(", ", naming.Select(r => r.Number)), 1, "The file marks these cells as header cells (th, thead).");
        return HeaderChoice.Marked([.. naming.Select(r => new SampleRow(r.Number, Spread(r, isFilled: true)))], marked[^1].Number + 1, width, decision);
    }

    /// <summary>One cell over the whole table is its title.</summary>
    private bool IsTitle(HtmlRow row) => row.Cells.Count(c => c.Text.Length > 0) == 1 && row.Cells[0].Span > 1 && row.Width >= _width;

    private static List<string> Spread(HtmlRow row, bool isFilled)
    {
        var cells = new List<string>();
        foreach (var cell in row.Cells)
        {
            while (cells.Count < cell.Column)
            {
                cells.Add("");
            }

            for (var i = 0; i < cell.Span; i++)
            {
                cells.Add(i == 0 || isFilled ? cell.Text : "");
            }
        }

        return cells;
    }
}
