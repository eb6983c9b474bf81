using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>Measures the agents that share a store, by the store's clock.</summary>
internal sealed class AgentProbe(AgentDatabase database, IDeadLetters letters)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public async Task<AgentReading> ReadAsync(CancellationToken cancellationToken)
    {
        var dead = await letters.CountAsync(new DeadLetterFilter { States = [DeadLetterState.Open] }, cancellationToken).ConfigureAwait(false);
        return await database.ReadAsync(
            connection =>
            {
                var nodes = connection.Query($"SELECT count(*) FROM nodes WHERE alive_until > {database.Now}", r => r.GetInt64(0))[0];
                var (open, age) = connection.Query(
                    $"SELECT count(*), {database.Now} - min(created_at) FROM tickets WHERE state < 10", r => (r.GetInt64(0), r.NumberOrNull(1)))[0];
                var (runs, failed) = connection.Query(
                    $"SELECT count(*), coalesce(sum(CASE WHEN result IN ('failed', 'Failed', 'Dead') THEN 1 ELSE 0 END), 0) FROM runs WHERE result <> 'returned' AND ended_at > {database.Now} - {(long)Window.TotalMilliseconds}",
                    r => (r.GetInt64(0), r.GetInt64(1)))[0];
                return new AgentReading((int)nodes, dead, open, age is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null, runs, failed);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
