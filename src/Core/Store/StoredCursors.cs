namespace Flatfile.Agent.Core.Store;

/// <summary>The drivers' cursors of the agent's store.</summary>
internal sealed class StoredCursors(AgentDatabase database, TimeProvider time) : IDriverCursors
{
    public Task<string?> LoadAsync(string driver, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            "SELECT position FROM cursors WHERE driver = @driver", r => r.GetString(0), ("@driver", driver)).FirstOrDefault(), cancellationToken);

    public Task SaveAsync(string driver, string position, CancellationToken cancellationToken) =>
        database.RunAsync("cursor.save",
            """
            INSERT INTO cursors(driver, position, at) VALUES(@driver, @position, @now)
            ON CONFLICT(driver) DO UPDATE SET position = excluded.position, at = excluded.at
            """,
            cancellationToken, ("@driver", driver), ("@position", position), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
}
