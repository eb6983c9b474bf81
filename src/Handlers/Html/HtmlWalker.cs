using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>Walks through the tables of an HTML file row by row, as browsers understand them: ends of cells, rows and tables may be missing.</summary>
internal sealed class HtmlWalker(HtmlTokens tokens)
{
    private const int MaxNesting = 100;

    private readonly Stack<HtmlOpenTable> _open = new();
    private readonly Queue<HtmlRow> _rows = new();
    private bool _ended;

    /// <summary>How many tables have begun.</summary>
    public int Begun { get; private set; }

    /// <summary>The next row of any table; null at the end of the file.</summary>
    /// <exception cref="UnreadableFileException">Something in it passes a limit.</exception>
    public HtmlRow? Next()
    {
        HtmlRow? row;
        while (!_rows.TryDequeue(out row) && Step())
        {
        }

        return row;
    }

    /// <summary>The next row of that table; null behind its last.</summary>
    public HtmlRow? Next(int table)
    {
        while (true)
        {
            if (_rows.TryDequeue(out var row))
            {
                if (row.Table == table)
                {
                    return row;
                }
            }
            else if ((Begun > table && !_open.Any(t => t.Number == table)) || !Step())
            {
                return null;
            }
        }
    }

    /// <returns>False when nothing more comes.</returns>
    private bool Step()
    {
        if (_ended)
        {
            return false;
        }

        if (!tokens.Read())
        {
            _ended = true;
            while (_open.Count > 0)
            {
                EndTable();
            }

            return true;
        }

        if (tokens.Kind == HtmlToken.StartTag)
        {
            Start();
        }
        else if (tokens.Kind == HtmlToken.Text)
        {
            Text()?.Append(tokens.Text);
        }
        else if (_open.TryPeek(out var table))
        {
            End(table);
        }

        return true;
    }

    /// <summary>What stands in a table but in none of its cells belongs before the table: into the cell it stands in, if any.</summary>
    private HtmlCellText? Text()
    {
        foreach (var table in _open)
        {
            if (table.Text is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private void Start()
    {
        if (tokens.Name == "table")
        {
            BeginTable();
            return;
        }

        if (!_open.TryPeek(out var table))
        {
            return;
        }

        switch (tokens.Name)
        {
            case "caption":
                table.BeginCaption();
                break;
            case "thead" or "tbody" or "tfoot":
                EndRow(table);
                table.EndCaption();
                table.Enter(tokens.Name);
                break;
            case "tr":
                EndRow(table);
                table.BeginRow();
                break;
            case "td" or "th":
                table.EndCell();
                table.BeginCell(tokens.Name == "th", tokens.ColumnSpan, tokens.RowSpan);
                break;
            default:
                Text()?.Meet(tokens.Name);
                break;
        }
    }

    private void End(HtmlOpenTable table)
    {
        switch (tokens.Name)
        {
            case "table":
                EndTable();
                break;
            case "caption":
                table.EndCaption();
                break;
            case "thead" or "tbody" or "tfoot":
                if (table.Section == tokens.Name)
                {
                    EndRow(table);
                    table.Enter(null);
                }

                break;
            case "tr":
                EndRow(table);
                break;
            case "td" or "th":
                if (table.Cell == tokens.Name)
                {
                    table.EndCell();
                }

                break;
            case "br":
                break;
            default:
                Text()?.Meet(tokens.Name);
                break;
        }
    }

    private void BeginTable()
    {
        // Outside its cells a table holds no other: the one before was not closed.
        if (_open.TryPeek(out var outer) && !outer.InCell)
        {
            EndTable();
        }

        if (_open.Count == MaxNesting)
        {
            throw new UnreadableFileException($"This file has tables more than {MaxNesting} deep inside one another, the limit. Check that its tables are closed, and upload it again.");
        }

        _open.Push(new HtmlOpenTable(Begun++));
    }

    private void EndTable()
    {
        var table = _open.Pop();
        table.EndCaption();
        EndRow(table);
    }

    private void EndRow(HtmlOpenTable table)
    {
        if (table.EndRow() is { } row)
        {
            _rows.Enqueue(row);
        }
    }
}
