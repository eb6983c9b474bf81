namespace Flatfile.Agent.Core.Store;

/// <summary>The payloads of the agent's store.</summary>
internal sealed class StoredPayloads(AgentDatabase database) : IPayloads
{
    public Task PutAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        database.RunAsync(
            "payload.put",
            $"""
            INSERT INTO payloads(id, body, at) VALUES(@id, @body, {database.Now})
            ON CONFLICT(id) DO UPDATE SET body = excluded.body, at = excluded.at
            """,
            cancellationToken, ("@id", id), ("@body", body.ToArray()));

    public Task<byte[]?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query("SELECT body FROM payloads WHERE id = @id", r => r.Bytes(0), ("@id", id)).FirstOrDefault(), cancellationToken);

    public Task<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken) =>
        database.RunAsync(
            "payload.prune", $"DELETE FROM payloads WHERE at < {database.Now} - @age", cancellationToken, ("@age", (long)age.TotalMilliseconds));
}
