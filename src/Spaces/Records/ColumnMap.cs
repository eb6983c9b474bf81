using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Which column of a sheet's table holds what. Entries are never taken back, so a field that returns finds its values.</summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<(ColumnKind, string), int> _numbers = [];
    private readonly List<(ColumnKind Kind, string Key, int Number)> _added = [];
    private readonly HashSet<int> _fresh = [];
    private readonly int _sheet;
    private readonly bool _mayGrow;
    private int _next;

    private ColumnMap(int sheet, bool mayGrow)
    {
        _sheet = sheet;
        _mayGrow = mayGrow;
    }

    /// <summary>The columns this map was asked for and the table does not have yet.</summary>
    public IReadOnlyCollection<int> Fresh => _fresh;

    public static ColumnMap Load(SqliteConnection connection, int sheet, bool mayGrow)
    {
        var map = new ColumnMap(sheet, mayGrow);
        using var select = new Statement(connection, "SELECT kind, key, number FROM sheet_columns WHERE sheet = ?");
        select.Bind(1, sheet);
        while (select.Step())
        {
            var number = (int)select.Long(2);
            map._numbers[((ColumnKind)select.Long(0), select.Text(1) ?? "")] = number;
            map._next = Math.Max(map._next, number + 1);
        }

        return map;
    }

    public int NumberOf(ColumnKind kind, string key)
    {
        if (_numbers.TryGetValue((kind, key), out var number))
        {
            return number;
        }

        if (!_mayGrow)
        {
            throw new InvalidOperationException($"Sheet number {_sheet} has no column for '{key}'. Its tables were not brought to this schema.");
        }

        if (_next >= RecordLimits.Columns)
        {
            throw new RecordBodyException($"This sheet has had {_next} columns in its life, no more fit. Create a new sheet for '{key}'.");
        }

        number = _next++;
        _numbers[(kind, key)] = number;
        _added.Add((kind, key, number));
        _fresh.Add(number);
        return number;
    }

    /// <summary>Writes down what was added.</summary>
    public void Save(SqliteConnection connection)
    {
        using var insert = new Statement(connection, "INSERT INTO sheet_columns(sheet, kind, key, number) VALUES (?, ?, ?, ?)");
        foreach (var (kind, key, number) in _added)
        {
            insert.Bind(1, _sheet);
            insert.Bind(2, (long)kind);
            insert.Bind(3, key);
            insert.Bind(4, number);
            insert.Run();
        }

        _added.Clear();
    }
}
