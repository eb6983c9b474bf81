using Flatfile.Agent.Core.Store;

namespace Store.PostgreSql.Tests.Support;

/// <summary>A write that is not the same when it is made twice: the count of starts shows how often it was.</summary>
internal static class Starts
{
    public static Task AddAsync(AgentDatabase database, string eventId) =>
        database.RunAsync(
            "inbox.start",
            """
            INSERT INTO inbox(event_id, handler_id, starts) VALUES(@event, 'h', 1)
            ON CONFLICT(event_id, handler_id) DO UPDATE SET starts = inbox.starts + 1
            """,
            CancellationToken.None, ("@event", eventId));
}
