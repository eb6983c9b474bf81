using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Flatfile.Spaces.Tests.Storage;

public sealed class PreparedCommandTests : IDisposable
{
    private const string Insert = "INSERT INTO t(a, b) VALUES ($a, $b)";
    private const string Select = "SELECT b FROM t WHERE a = $a";

    private readonly SqliteConnection _connection;

    public PreparedCommandTests()
    {
        SqliteLibrary.Use();
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        _connection.Handle!.enable_sqlite3_next_stmt(true);
        using var command = _connection.CreateCommand();
        command.CommandText = "CREATE TABLE t(a INTEGER UNIQUE, b)";
        command.ExecuteNonQuery();
    }

    [Fact]
    public void AStatementIsPreparedOnceForAllItsUses()
    {
        for (var i = 0; i < 50; i++)
        {
            _connection.Execute(Insert, ("$a", i), ("$b", $"text {i}"));
            Assert.Equal($"text {i}", _connection.Scalar(Select, ("$a", i)));
        }

        Assert.Equal([Insert, Select], Statements().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EachUseHasItsOwnValuesAndTheirTypes()
    {
        object?[] values = ["text", 7L, null, 1.5, new byte[] { 1, 2 }, "", null];
        for (var i = 0; i < values.Length; i++)
        {
            _connection.Execute(Insert, ("$a", i), ("$b", values[i]));
        }

        Assert.Equal(values, _connection.Rows("SELECT b FROM t ORDER BY a", row => row.IsDBNull(0) ? null : row.GetValue(0)));
    }

    [Fact]
    public void TheSameTextMayBeReadWhileItIsRead()
    {
        _connection.Execute(Insert, ("$a", 1), ("$b", 2));
        _connection.Execute(Insert, ("$a", 2), ("$b", 3));
        _connection.Execute(Insert, ("$a", 3), ("$b", 4));

        Assert.Equal([2, 3, 4], Chain(1));

        List<long> Chain(long from) => _connection.Rows(Select, row => row.GetInt64(0), ("$a", from)) is [var next] ? [next, .. Chain(next)] : [];
        Assert.Equal(
            [(2L, 3L)],
            _connection.Rows(Select, row => (row.GetInt64(0), _connection.Number(Select, ("$a", row.GetInt64(0)))), ("$a", 1)));
    }

    [Fact]
    public void AFaultLeavesNothingOpenAndTheNextUseWorks()
    {
        Statement.Execute(_connection, "BEGIN");
        _connection.Execute(Insert, ("$a", 1), ("$b", "one"));
        Assert.Throws<SqliteException>(() => _connection.Execute(Insert, ("$a", 1), ("$b", "one more")));
        Assert.Throws<FormatException>(() => _connection.Rows<string>(Select, _ => throw new FormatException(), ("$a", 1)));
        Assert.Equal([], Statements());
        _connection.Execute(Insert, ("$a", 2), ("$b", "two"));
        _connection.Execute("COMMIT");

        Assert.Equal(["one", "two"], _connection.Rows("SELECT b FROM t ORDER BY a", row => row.GetString(0)));
    }

    [Fact]
    public void AValueThatIsMissingIsAFaultAndNotTheOneOfTheLastUse()
    {
        _connection.Execute(Insert, ("$a", 1), ("$b", "one"));

        Assert.Throws<InvalidOperationException>(() => _connection.Execute(Insert, ("$a", 2)));
        Assert.Equal(1, _connection.Number("SELECT count(*) FROM t"));
    }

    [Fact]
    public void AChangedTableIsSeen()
    {
        const string All = "SELECT * FROM t";
        _connection.Execute(Insert, ("$a", 1), ("$b", "one"));
        Assert.Equal([2], _connection.Rows(All, row => row.FieldCount));
        _connection.Execute("ALTER TABLE t ADD COLUMN c");

        Assert.Equal([3], _connection.Rows(All, row => row.FieldCount));
    }

    [Fact]
    public void LargeValuesDoNotStayAndManyTextsDoNotPileUp()
    {
        _connection.Execute(Insert, ("$a", 1), ("$b", new byte[100_000]));
        Assert.Equal([], Statements());

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(i, _connection.Number($"SELECT {i}"));
        }

        Assert.InRange(Statements().Count, 1, 100);
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>The texts of the statements that SQLite holds for the connection.</summary>
    private List<string> Statements()
    {
        var texts = new List<string>();
        for (var statement = raw.sqlite3_next_stmt(_connection.Handle, null); statement is { IsInvalid: false }; statement = raw.sqlite3_next_stmt(_connection.Handle, statement))
        {
            texts.Add(raw.sqlite3_sql(statement).utf8_to_string());
        }

        return texts;
    }
}
