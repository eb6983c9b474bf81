using System.Globalization;

namespace Flatfile.Api;

/// <summary>Reads tables out of SQL and makes sheets of them.</summary>
internal sealed class SqlDdlReader(string sql)
{
    private readonly SqlWords _words = new(SqlLexer.Tokens(sql));
    private readonly List<SqlTable> _tables = [];
    private readonly List<string> _faults = [];

    public IReadOnlyList<SheetConfig> Read()
    {
        while (!_words.IsAtEnd)
        {
            try
            {
                Statement();
            }
            catch (BlueprintException fault)
            {
                _faults.AddRange(fault.Faults);
            }

            _words.SkipStatement();
            _words.Take(";");
        }

        var sheets = _tables.ConvertAll(table => SqlSheet.Of(table, _tables, _faults));
        return _faults.Count > 0 ? throw new BlueprintException(_faults)
            : sheets.Count > 0 ? sheets
            : throw new BlueprintException(["There is no CREATE TABLE in the text."]);
    }

    private void Statement()
    {
        if (_words.Take("create"))
        {
            while (_words.Take("temporary") || _words.Take("temp") || _words.Take("unlogged") || _words.Take("global") || _words.Take("local"))
            {
                // None of them changes the columns.
            }

            if (_words.Take("table"))
            {
                CreateTable();
            }
            else if (_words.Take("unique"))
            {
                CreateUniqueIndex();
            }
        }
        else if (_words.Take("alter", "table"))
        {
            _ = _words.Take("only");
            _ = _words.Take("if", "exists");
            var table = Known(_words.Name());
            while (_words.Take("add") && !_words.Take("column"))
            {
                TableConstraint(table);
                _words.Take(",");
            }
        }
        else if (_words.Take("comment", "on"))
        {
            Comment();
        }
    }

    private void CreateTable()
    {
        _words.Take("if", "not", "exists");
        var line = _words.Current.Line;
        var table = new SqlTable(_words.Name(), line);
        _tables.Add(table);
        _words.Expect("(");
        do
        {
            if (!TableConstraint(table))
            {
                new SqlColumnReader(_words, table).Read();
            }
        }
        while (_words.Take(","));

        _words.Expect(")");
        while (!_words.IsAtEnd && !_words.Current.Is(";"))
        {
            if (_words.Take("comment"))
            {
                _words.Take("=");
                table.Comment = _words.Next().Text;
            }
            else
            {
                _words.SkipOne();
            }
        }
    }

    /// <returns>False when what stands here is no constraint of the table but a column.</returns>
    private bool TableConstraint(SqlTable table)
    {
        if (_words.Current.Kind == 'w' && _words.Take("constraint"))
        {
            _words.Name();
        }

        if (_words.Take("primary", "key"))
        {
            SkipTo("(");
            table.Key = _words.Names();
        }
        else if (_words.Current.Kind == 'w' && _words.Take("unique"))
        {
            SkipTo("(");
            Unique(table, _words.Names());
        }
        else if (_words.Take("foreign", "key"))
        {
            SkipTo("(");
            Foreign(table);
        }
        else if (_words.Current.Is("check") && _words.Peek(1, "("))
        {
            _words.Next();
            SqlColumnReader.Check(table, _words.Enclosed());
        }
        else if ((_words.Current.Is("key") || _words.Current.Is("index") || _words.Current.Is("fulltext")) && (_words.Peek(1, "(") || _words.Peek(2, "(") || _words.Peek(2, "key")))
        {
            // A plain index says nothing of the rows.
        }
        else
        {
            return false;
        }

        while (!_words.IsAtEnd && !_words.Current.Is(",") && !_words.Current.Is(")") && !_words.Current.Is(";"))
        {
            _words.SkipOne();
        }

        return true;
    }

    private void Foreign(SqlTable table)
    {
        var line = _words.Current.Line;
        var columns = _words.Names();
        _words.Expect("references");
        var (other, theirs) = (_words.Name(), _words.Current.Is("(") ? _words.Names() : []);
        if (columns.Count != 1)
        {
            throw new BlueprintException([$"Line {line}: a reference of {columns.Count} columns together is not understood; a field refers to one field."]);
        }

        Column(table, columns[0], line).Reference = (other, theirs.Count > 0 ? theirs[0] : null);
    }

    private void CreateUniqueIndex()
    {
        if (!_words.Take("index"))
        {
            SkipTo("on");
        }

        SkipTo("on");
        _words.Expect("on");
        var table = Known(_words.Name());
        SkipTo("(");
        Unique(table, _words.Names());
    }

    private void Comment()
    {
        if (_words.Take("table"))
        {
            var table = Known(_words.Name());
            _words.Expect("is");
            table.Comment = _words.Next().Text;
        }
        else if (_words.Take("column"))
        {
            var line = _words.Current.Line;
            var path = new List<string>();
            do
            {
                path.Add(_words.Next().Text);
            }
            while (_words.Take("."));

            _words.Expect("is");
            Column(Known(path.Count > 1 ? path[^2] : ""), path[^1], line).Comment = _words.Next().Text;
        }
    }

    private void Unique(SqlTable table, List<string> columns)
    {
        var line = _words.Current.Line;
        var found = columns.ConvertAll(name => Column(table, name, line));
        if (found.Count == 1)
        {
            found[0].IsUnique = true;
        }
        else
        {
            table.Constraints.Add(SheetPart.UniqueTogether(null, [.. found.Select(c => c.Name)]));
        }
    }

    private SqlTable Known(string name) =>
        _tables.Find(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw _words.Fault($"the table '{name}' was not created before.");

    private static SqlColumn Column(SqlTable table, string name, int line) =>
        table.Find(name) ?? throw new BlueprintException([string.Create(CultureInfo.InvariantCulture, $"Line {line}: the table '{table.Name}' has no column '{name}'.")]);

    private void SkipTo(string word)
    {
        while (!_words.IsAtEnd && !_words.Current.Is(word) && !_words.Current.Is(";"))
        {
            _words.Next();
        }
    }
}
