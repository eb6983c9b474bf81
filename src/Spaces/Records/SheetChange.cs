using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>One change of a sheet's rows, whatever it is made of: what its parts touch is settled and counted once, at the end.</summary>
internal sealed class SheetChange : IDisposable
{
    private ChangeLog? _log;

    public SheetChange(SqliteConnection connection, SheetSchema schema)
    {
        Connection = connection;
        Schema = schema;
        Tally = new Tally(connection);
        Dirty = schema.IsCompared ? new DirtyKeys(connection, schema) : null;
        Elements = ElementTable.Of(connection, schema);
    }

    public SqliteConnection Connection { get; }

    public SheetSchema Schema { get; }

    public Tally Tally { get; }

    /// <summary>What other rows must hear of; nothing when rows are not compared.</summary>
    public DirtyKeys? Dirty { get; }

    /// <summary>The tables of the sheet's reference lists.</summary>
    public IReadOnlyList<ElementTable> Elements { get; }

    /// <summary>A row that was there before belongs to a commit from now on.</summary>
    public void Log(long row, long commit)
    {
        _log ??= new ChangeLog(Connection, Schema.Number);
        _log.Add(row, commit);
    }

    /// <summary>Looks at the rows whose flags depend on the changed ones, and books the counts. Once, after the last change.</summary>
    public void Finish()
    {
        if (Dirty is not null)
        {
            Settlement.AfterChange(Connection, Tally, Schema, Dirty);
        }

        _log?.Save();
        Tally.Save();
    }

    public void Dispose()
    {
        _log?.Dispose();
        Dirty?.Dispose();
        foreach (var table in Elements)
        {
            table.Dispose();
        }
    }
}
