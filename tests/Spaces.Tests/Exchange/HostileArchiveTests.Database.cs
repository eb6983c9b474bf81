using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Exchange;

/// <content>Databases that no version of this program wrote.</content>
public sealed partial class HostileArchiveTests
{
    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON outbox BEGIN DELETE FROM space; END")]
    [InlineData("CREATE VIEW v AS SELECT load_extension('x')")]
    [InlineData("DROP TABLE outbox; CREATE VIEW outbox AS SELECT 1 AS sequence")]
    [InlineData("CREATE TABLE r_77(id INTEGER PRIMARY KEY, c0 AS (upper('x')))")]
    [InlineData("CREATE TABLE evil(x)")]
    [InlineData("CREATE INDEX k_1_9 ON r_1(hex(randomblob(10)))")]
    [InlineData("CREATE VIRTUAL TABLE r_78 USING fts5(x)")]
    [InlineData("ALTER TABLE files ADD COLUMN x TEXT")]
    [InlineData("DROP TABLE commits")]
    public Task ADatabaseWithOtherTables(string sql)
    {
        try
        {
            Database = Archives.Altered(Database, sql);
        }
        catch (Microsoft.Data.Sqlite.SqliteException) when (sql.Contains("VIRTUAL", StringComparison.Ordinal) || sql.Contains("hex(randomblob(10))", StringComparison.Ordinal))
        {
            // This SQLite does not make such a thing, so nobody can send it.
            return Task.CompletedTask;
        }

        return RefusedAsync(Archives.Forge(_entries), "is not as format");
    }

    [Theory]
    [InlineData("UPDATE space SET body = 'no json'", "not JSON")]
    [InlineData("DELETE FROM space", "another space")]
    [InlineData("UPDATE space SET body = '[]'", "does not hold a space")]
    [InlineData("UPDATE space SET body = json_set(body, '$.id', 'us_sp_00000000')", "another space")]
    [InlineData("DELETE FROM files", "the files its database knows")]
    [InlineData("UPDATE files SET body = json_set(body, '$.sha256', 'x')", "the files its database knows")]
    [InlineData("UPDATE files SET body = '[]'", "does not hold a space")]
    [InlineData("PRAGMA user_version=99", "format 99")]
    [InlineData("PRAGMA user_version=0", "format 0")]
    public Task ADatabaseWithOtherContent(string sql, string why)
    {
        Database = Archives.Altered(Database, sql);
        return RefusedAsync(Archives.Forge(_entries), why);
    }

    [Fact]
    public Task ADatabaseOfANewerProgram()
    {
        Database = Archives.Altered(Database, "PRAGMA user_version=99");
        return RefusedAsync(Archives.Forge(_entries, said => said["schema"] = 99), "newer version");
    }

    [Fact]
    public async Task ADamagedDatabase()
    {
        var damaged = Database.ToArray();
        for (var i = 8_192; i < damaged.Length; i += 16)
        {
            damaged[i] ^= 0xFF;
        }

        Database = damaged;
        await RefusedAsync(Archives.Forge(_entries), "");
        Database = Enumerable.Repeat((byte)7, 9_000).ToArray();
        await RefusedAsync(Archives.Forge(_entries), "");
    }

    [Fact]
    public async Task ASpaceOfTheFirstVersionIsBroughtUp()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        var path = Path.Combine(folder.Path, "old.db");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            SpaceSchema.Steps.Create(connection, 1);
            connection.Execute(
                "INSERT INTO space(one, body) VALUES (1, $body)",
                ("$body", $$"""{"id":"{{_space}}","name":"old","environmentId":"{{_server.Access.EnvironmentId}}","createdAt":"2024-01-01T00:00:00.000Z","updatedAt":"2024-01-01T00:00:00.000Z"}"""));
        }

        _entries = new() { ["manifest.json"] = _entries["manifest.json"], ["space.db"] = await File.ReadAllBytesAsync(path) };
        var reply = await _server.ImportAsync(Archives.Forge(_entries, said => said["schema"] = 1));

        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal("old", (string)(await _server.DataAsync("GET", $"spaces/{reply.Json["data"]!["id"]}"))["name"]!);
    }
}
