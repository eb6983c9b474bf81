using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Writes down which stored rows a commit changed, as ranges of rows: however many rows a write touches, one range is in memory. Rows a
/// commit inserted stand in <c>record_inserts</c> and need not be named here.
/// </summary>
internal sealed class ChangeLog : IDisposable
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS record_changes(
            sheet INTEGER NOT NULL, commit_number INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY (sheet, commit_number, first)) WITHOUT ROWID
        """;

    private readonly int _sheet;
    private readonly Statement _insert;
    private (long First, long Last, long Commit)? _range;

    public ChangeLog(SqliteConnection connection, int sheet)
    {
        _sheet = sheet;
        _insert = new Statement(connection, """
            INSERT INTO record_changes(sheet, commit_number, first, last) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT(sheet, commit_number, first) DO UPDATE SET last = max(last, excluded.last)
            """);
    }

    /// <summary>Writes down all rows whose ids stand in a table of ours, in one statement.</summary>
    public static void AddAll(SqliteConnection connection, int sheet, long commit, string table) => Statement.Execute(connection, string.Create(
        CultureInfo.InvariantCulture,
        $"""
         INSERT INTO record_changes(sheet, commit_number, first, last)
         SELECT {sheet}, {commit}, min(id), max(id) FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS island FROM {table}) GROUP BY island
         """));

    public void Add(long row, long commit)
    {
        if (_range is { } range && commit == range.Commit && row >= range.First && row <= range.Last + 1)
        {
            _range = (range.First, Math.Max(range.Last, row), commit);
            return;
        }

        Save();
        _range = (row, row, commit);
    }

    /// <summary>Writes what is still held; called once at the end.</summary>
    public void Save()
    {
        if (_range is { } range)
        {
            _insert.Bind(1, _sheet);
            _insert.Bind(2, range.Commit);
            _insert.Bind(3, range.First);
            _insert.Bind(4, range.Last);
            _insert.Run();
            _range = null;
        }
    }

    public void Dispose() => _insert.Dispose();
}
