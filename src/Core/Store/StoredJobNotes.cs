namespace Flatfile.Agent.Core.Store;

/// <summary>The notes of the agent's store.</summary>
internal sealed class StoredJobNotes(AgentDatabase database) : IJobNotes
{
    public Task<byte[]?> LoadAsync(string ticketId, string name, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            "SELECT state FROM job_notes WHERE ticket_id = @id AND name = @name", r => r.Bytes(0), ("@id", ticketId), ("@name", name)).FirstOrDefault(), cancellationToken);

    public Task<bool> IsBehindAsync(string ticketId, string name, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.Query(
            """
            SELECT 1 FROM job_notes n WHERE n.ticket_id = @id AND n.name = @name AND (
                EXISTS(SELECT 1 FROM checkpoints c WHERE c.ticket_id = n.ticket_id AND c.saved_at >= n.saved_at)
                OR EXISTS(SELECT 1 FROM job_notes a WHERE a.ticket_id = n.ticket_id AND a.name LIKE 'pages:%' AND a.saved_at >= n.saved_at))
            """,
            _ => true, ("@id", ticketId), ("@name", name)).Count > 0, cancellationToken);

    public Task<bool> SaveAsync(string ticketId, long lease, string name, byte[] state, bool gotAhead, CancellationToken cancellationToken) =>
        database.WriteAsync("ticket.note", connection =>
        {
            var owned = connection.Run(
                $"UPDATE tickets SET fatal = CASE WHEN @ahead = 1 THEN 1 ELSE fatal END, updated_at = {database.Now} WHERE id = @id AND lease = @lease AND state = 1",
                ("@id", ticketId), ("@lease", lease), ("@ahead", gotAhead ? 1 : 0)) == 1;
            if (owned)
            {
                connection.Run(
                    $"""
                    INSERT INTO job_notes(ticket_id, name, state, saved_at) VALUES(@id, @name, @state, {database.Now})
                    ON CONFLICT(ticket_id, name) DO UPDATE SET state = excluded.state, saved_at = excluded.saved_at
                    """,
                    ("@id", ticketId), ("@name", name), ("@state", state));
            }

            return owned;
        }, cancellationToken);
}
