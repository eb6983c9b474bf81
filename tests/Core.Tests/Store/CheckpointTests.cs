using Contracts.Support;
using Flatfile.Agent.Core.Store;
using Flatfile.Sqlite;

namespace Core.Tests.Store;

/// <summary>SQLite before 3.51.3 can damage a file on which two connections commit and checkpoint at once: here one gate is for both.</summary>
[Trait("Row", "F-27")]
public sealed class CheckpointTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_connection_checkpoints_by_itself()
    {
        await using var file = new SqliteFile(Path.Combine(_folder.Path, "one.db"));

        Assert.Equal(0, await file.WriteAsync(c => c.Query("PRAGMA wal_autocheckpoint", r => r.GetInt32(0))[0], CancellationToken.None));
        Assert.Equal(0, await file.ReadAsync(c => c.Query("PRAGMA wal_autocheckpoint", r => r.GetInt32(0))[0], CancellationToken.None));
    }

    [Fact]
    public async Task Writers_readers_and_checkpoints_at_once_leave_the_file_whole()
    {
        const int Writers = 8;
        const int Each = 100;
        await using var file = new SqliteFile(Path.Combine(_folder.Path, "one.db"));
        await file.WriteAsync(c => c.Run("CREATE TABLE rows(id INTEGER PRIMARY KEY, body BLOB)"), CancellationToken.None);
        var body = new byte[40_000];
        using var reading = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!reading.IsCancellationRequested)
            {
                await file.ReadAsync(c => c.Query("SELECT count(*), sum(length(body)) FROM rows", r => r.GetInt64(0)), CancellationToken.None);
            }
        });

        // Some 32 MB, so that the log passes its limit of 8 MB several times.
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await file.WriteAsync(c => c.Run("INSERT INTO rows(body) VALUES(@body)", ("@body", body)), CancellationToken.None);
            }
        })));
        await reading.CancelAsync();
        await reader;

        Assert.Equal("ok", await file.ReadAsync(c => c.Query("PRAGMA integrity_check", r => r.GetString(0))[0], CancellationToken.None));
        Assert.Equal(Writers * Each, await file.ReadAsync(c => c.Query("SELECT count(*) FROM rows", r => r.GetInt32(0))[0], CancellationToken.None));
    }
}
