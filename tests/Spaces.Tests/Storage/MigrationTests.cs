using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Storage;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASpaceOfTheFirstVersionOpensAndKeepsWhatItHolds()
    {
        var (old, other) = await TwoSpacesAsync();
        AsFirstVersion(Database(old));

        await using var server = await SpacesServer.StartAsync(_folder.Path);

        Assert.Equal("kept", (string)(await server.DataAsync("GET", $"spaces/{old}"))["name"]!);
        Assert.Equal(200, (await server.SendAsync("PATCH", $"spaces/{old}", """{"name":"new"}""")).Status);
        Assert.Equal(200, (await server.SendAsync("GET", $"spaces/{other}")).Status);
        await server.DisposeAsync();
        Assert.Equal(SpaceSchema.Steps.Version, Version(Database(old)));
        Assert.Equal(Tables(Database(other)), Tables(Database(old)));
    }

    [Fact]
    public async Task ADataFolderOfTheFirstVersionOpens()
    {
        Directory.CreateDirectory(_folder.Path);
        var central = Path.Combine(_folder.Path, "spaces.db");
        Change(central, connection => CentralSchema.Steps.Create(connection, 1));

        await using (var server = await SpacesServer.StartAsync(_folder.Path))
        {
            await server.SpaceAsync();
        }

        Assert.Equal(CentralSchema.Steps.Version, Version(central));
        Assert.Contains("resources", Tables(central));
    }

    [Theory]
    [InlineData("newer")]
    [InlineData("no version")]
    [InlineData("garbage")]
    [InlineData("cut off")]
    [InlineData("tables that do not fit")]
    public async Task ASpaceThatCannotBeOpenedIsUnavailableUntouchedAndTheOthersGoOn(string fault)
    {
        var (broken, other) = await TwoSpacesAsync();
        var file = Database(broken);
        switch (fault)
        {
            case "newer":
                Change(file, connection => connection.Execute("PRAGMA user_version=9999"));
                break;
            case "no version":
                Change(file, connection => connection.Execute("PRAGMA user_version=0"));
                break;
            case "garbage":
                await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)7, 30_000).ToArray());
                break;
            case "cut off":
                await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^4096]);
                break;
            default:
                Change(file, connection =>
                {
                    connection.Execute("DROP TABLE outbox");
                    connection.Execute("PRAGMA user_version=1");
                });
                break;
        }

        var before = await File.ReadAllBytesAsync(file);
        await using var server = await SpacesServer.StartAsync(_folder.Path);

        foreach (var reply in new[] { await server.SendAsync("GET", $"spaces/{broken}"), await server.SendAsync("PATCH", $"spaces/{broken}", """{"name":"x"}""") })
        {
            Assert.Equal(503, reply.Status);
            Assert.Contains(broken, reply.Message, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await server.SendAsync("PATCH", $"spaces/{other}", """{"name":"x"}""")).Status);
        if (fault != "tables that do not fit")
        {
            Assert.Equal(before, await File.ReadAllBytesAsync(file));
        }
    }

    [Fact]
    public async Task AStepThatFailsHalfWayLeavesTheVersionBeforeItAndTheNextOpeningGoesOn()
    {
        Directory.CreateDirectory(_folder.Path);
        var path = Path.Combine(_folder.Path, "one.db");
        var cut = true;
        var steps = new Migrations(
            new("first", "CREATE TABLE a(x INTEGER); INSERT INTO a VALUES (1);"),
            new("second", "CREATE TABLE b(x INTEGER);"),
            new("third", connection =>
            {
                connection.Execute("CREATE TABLE c(x INTEGER); DELETE FROM a;");
                if (cut)
                {
                    throw new OperationCanceledException("the power went");
                }
            }));
        await using (var file = new SqliteFile(path))
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => steps.BringUpAsync(file, CancellationToken.None));
        }

        Assert.Equal(2, Version(path));
        Assert.Equal(["a", "b"], Tables(path));
        Change(path, connection => Assert.Equal(1, connection.Number("SELECT count(*) FROM a")));

        cut = false;
        await using (var file = new SqliteFile(path))
        {
            await steps.BringUpAsync(file, CancellationToken.None);
        }

        Assert.Equal(3, Version(path));
        Assert.Equal(["a", "b", "c"], Tables(path));
    }

    [Fact]
    public async Task AStepThatDoesNotFitNamesItself()
    {
        Directory.CreateDirectory(_folder.Path);
        await using var file = new SqliteFile(Path.Combine(_folder.Path, "one.db"));
        var steps = new Migrations(new("first", "CREATE TABLE a(x INTEGER)"), new("views of sheets", "CREATE TABLE a(x INTEGER)"));

        var fault = await Assert.ThrowsAsync<MigrationException>(() => steps.BringUpAsync(file, CancellationToken.None));

        Assert.Contains("'views of sheets'", fault.Message, StringComparison.Ordinal);
    }

    private async Task<(string First, string Second)> TwoSpacesAsync()
    {
        await using var server = await SpacesServer.StartAsync(_folder.Path);
        return (
            await server.SpaceAsync("""{"name":"kept"}"""),
            await server.SpaceAsync());
    }

    private string Database(string id) => Path.Combine(_folder.Path, "spaces", id, "space.db");

    /// <summary>The same content in a file that only ever saw the first step.</summary>
    private static void AsFirstVersion(string path)
    {
        File.Move(path, path + ".new");
        Change(path, old =>
        {
            SpaceSchema.Steps.Create(old, 1);
            old.Execute("ATTACH $path AS new", ("$path", path + ".new"));
            foreach (var (_, table) in Objects(old).Where(one => one.Kind == "table"))
            {
                var columns = string.Join(", ", old.Rows($"SELECT name FROM pragma_table_info('{table}')", row => row.GetString(0)));
                old.Execute($"DELETE FROM {table}; INSERT INTO {table}({columns}) SELECT {columns} FROM new.{table}");
            }
        });
        File.Delete(path + ".new");
    }

    private static List<(string Kind, string Name)> Objects(SqliteConnection connection) => connection.Rows(
        "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
        row => (row.GetString(0), row.GetString(1)));

    private static string[] Tables(string path)
    {
        string[] names = [];
        Change(path, connection => names = [.. Objects(connection).Where(one => one.Kind == "table").Select(one => one.Name)]);
        return names;
    }

    private static long Version(string path)
    {
        long version = 0;
        Change(path, connection => version = Migrations.VersionOf(connection));
        return version;
    }

    private static void Change(string path, Action<SqliteConnection> change)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        change(connection);
    }
}
