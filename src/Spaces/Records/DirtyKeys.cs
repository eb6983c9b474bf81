using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// What one write touched, in temporary tables so that a million rows need no memory of ours: the rows that came or changed, and the
/// keys that came or went and matter to some other row.
/// </summary>
internal sealed class DirtyKeys : IDisposable
{
    public const string Touched = "temp.touched";

    private readonly SqliteConnection _connection;
    private readonly SheetSchema _schema;
    private readonly List<Statement> _markOld = [];
    private readonly Statement _touch;

    public DirtyKeys(SqliteConnection connection, SheetSchema schema)
    {
        _connection = connection;
        _schema = schema;
        Statement.Execute(connection, "CREATE TEMP TABLE IF NOT EXISTS touched(id INTEGER PRIMARY KEY)");
        Statement.Execute(connection, "CREATE TEMP TABLE IF NOT EXISTS dirty(key_column INTEGER, key, PRIMARY KEY (key_column, key)) WITHOUT ROWID");
        Clear();
        _touch = new Statement(connection, "INSERT OR IGNORE INTO temp.touched(id) VALUES (?)");
    }

    /// <summary>All rows from this one on are new.</summary>
    public void TouchFrom(long first)
    {
        using var insert = new Statement(_connection, $"INSERT OR IGNORE INTO temp.touched(id) SELECT id FROM {_schema.Table} WHERE id >= ?");
        insert.Bind(1, first);
        insert.Run();
    }

    /// <summary>A row came, or came back.</summary>
    public void Touch(long row)
    {
        _touch.Bind(1, row);
        _touch.Run();
    }

    /// <summary>A row is about to change in a cell that is compared.</summary>
    public void TouchBeforeChange(long row)
    {
        Touch(row);
        MarkBeforeDelete(row);
    }

    /// <summary>A row is about to go.</summary>
    public void MarkBeforeDelete(long row)
    {
        if (_markOld.Count == 0)
        {
            _markOld.AddRange(Marks(isBefore: true, $"{_schema.Table} x WHERE x.id = ?1 AND").Select(sql => new Statement(_connection, sql)));
        }

        foreach (var mark in _markOld)
        {
            mark.Bind(1, row);
            mark.Run();
        }
    }

    /// <summary>The rows listed in a temporary table are about to go.</summary>
    public void MarkBeforeDelete(string table)
    {
        foreach (var sql in Marks(isBefore: true, $"{table} t CROSS JOIN {_schema.Table} x ON x.id = t.id WHERE"))
        {
            Statement.Execute(_connection, sql);
        }
    }

    /// <summary>Marks the keys the touched rows have now.</summary>
    public void MarkAfterChange()
    {
        foreach (var sql in Marks(isBefore: false, $"{Touched} t CROSS JOIN {_schema.Table} x ON x.id = t.id WHERE"))
        {
            Statement.Execute(_connection, sql);
        }
    }

    /// <summary>The marked keys of a column, one by one.</summary>
    public Statement Of(KeyColumn key)
    {
        var select = new Statement(_connection, "SELECT key FROM temp.dirty WHERE key_column = ?");
        select.Bind(1, key.Column);
        return select;
    }

    public void Dispose()
    {
        _touch.Dispose();
        foreach (var mark in _markOld)
        {
            mark.Dispose();
        }
    }

    /// <summary>Forgets everything; also done before the next write, as a failed one may leave something behind.</summary>
    public void Clear()
    {
        Statement.Execute(_connection, "DELETE FROM temp.touched");
        Statement.Execute(_connection, "DELETE FROM temp.dirty");
    }

    private IEnumerable<string> Marks(bool isBefore, string from)
    {
        foreach (var key in _schema.Keys)
        {
            var reasons = new List<string>();
            foreach (var rule in _schema.UniqueRules.Where(rule => rule.Key == key))
            {
                reasons.Add(isBefore
                    ? $"instr(x.flags, ',{rule.Columns[0]}{rule.Flag},') > 0"
                    : $"EXISTS (SELECT 1 FROM {_schema.Table} o WHERE o.{key.Sql} = x.{key.Sql} AND o.id <> x.id)");
            }

            foreach (var rule in key.ReferencedBy)
            {
                reasons.Add(rule.SourceKey is { } source
                    ? $"EXISTS (SELECT 1 FROM {rule.Source.Table} s WHERE s.{source.Sql} = x.{key.Sql})"
                    : $"EXISTS (SELECT 1 FROM {RecordSql.Elements(rule.Source.Number, rule.Field.Column)} l WHERE l.key = x.{key.Sql})");
            }

            if (reasons.Count > 0)
            {
                yield return $"INSERT OR IGNORE INTO temp.dirty SELECT {key.Column}, x.{key.Sql} FROM {from} x.{key.Sql} IS NOT NULL AND ({string.Join(" OR ", reasons)})";
            }
        }
    }
}
