using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>How many rows and how many with errors, per sheet and per block of rows; collected during a write and booked at its end.</summary>
internal sealed class Tally(SqliteConnection connection)
{
    private readonly Dictionary<(int Sheet, long Block), (long Rows, long Errors)> _changes = [];

    public static RecordCounts Counts(SqliteConnection connection, int sheet)
    {
        using var select = new Statement(connection, "SELECT total, errors FROM record_sheets WHERE sheet = ?");
        select.Bind(1, sheet);
        return select.Step()
            ? new RecordCounts { Total = select.Long(0), Valid = select.Long(0) - select.Long(1), Error = select.Long(1) }
            : new RecordCounts();
    }

    public void Add(int sheet, long row, int rows, int errors) => AddBlock(sheet, row >> RecordSql.BlockBits, rows, errors);

    public void AddBlock(int sheet, long block, long rows, long errors)
    {
        if (rows != 0 || errors != 0)
        {
            var (oldRows, oldErrors) = _changes.GetValueOrDefault((sheet, block));
            _changes[(sheet, block)] = (oldRows + rows, oldErrors + errors);
        }
    }

    public void Save()
    {
        using var block = new Statement(connection, """
            INSERT INTO record_blocks(sheet, block, total, errors) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT(sheet, block) DO UPDATE SET total = total + ?3, errors = errors + ?4
            """);
        foreach (var ((sheet, number), (rows, errors)) in _changes)
        {
            block.Bind(1, sheet);
            block.Bind(2, number);
            block.Bind(3, rows);
            block.Bind(4, errors);
            block.Run();
        }

        using var total = new Statement(connection, "UPDATE record_sheets SET total = total + ?2, errors = errors + ?3 WHERE sheet = ?1");
        foreach (var sheet in _changes.GroupBy(change => change.Key.Sheet))
        {
            total.Bind(1, sheet.Key);
            total.Bind(2, sheet.Sum(change => change.Value.Rows));
            total.Bind(3, sheet.Sum(change => change.Value.Errors));
            total.Run();
        }

        _changes.Clear();
    }
}
