using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>The leases of the agent's store, by the clock of the database.</summary>
internal sealed class StoredLeases(AgentDatabase database) : ILeases
{
    private string Now => database.Now;

    public async Task<Lease?> TakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        var fences = await database.RunAsync(
            "lease.take",
            $"""
            INSERT INTO leases(name, owner, fence, until) VALUES(@name, @owner, 1, {Now} + @life)
            ON CONFLICT(name) DO UPDATE SET owner = excluded.owner, fence = leases.fence + 1, until = excluded.until
            WHERE leases.owner = @owner OR leases.until < {Now} OR NOT EXISTS(SELECT 1 FROM nodes WHERE nodes.owner = leases.owner)
            RETURNING fence
            """,
            r => r.GetInt64(0), cancellationToken,
            ("@name", name), ("@owner", owner), ("@life", Milliseconds(duration))).ConfigureAwait(false);
        return fences.Count == 0 ? null : new Lease(name, owner, fences[0]);
    }

    public async Task<bool> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        await database.RunAsync(
            "lease.renew", $"UPDATE leases SET until = {Now} + @life WHERE name = @name AND owner = @owner AND fence = @fence", cancellationToken,
            ("@name", lease.Name), ("@owner", lease.Owner), ("@fence", lease.Fence), ("@life", Milliseconds(duration))).ConfigureAwait(false) == 1;

    public Task GiveBackAsync(Lease lease, CancellationToken cancellationToken) =>
        database.RunAsync(
            "lease.back", "UPDATE leases SET until = 0 WHERE name = @name AND owner = @owner AND fence = @fence", cancellationToken,
            ("@name", lease.Name), ("@owner", lease.Owner), ("@fence", lease.Fence));

    /// <summary>Looks inside a write whether the lease is still held, so that what is written and the right to write it are one.</summary>
    /// <exception cref="LeaseGoneException">Somebody else has it.</exception>
    public static void Demand(DbConnection connection, Lease lease)
    {
        // Written, not read: on a store with several writers the row is then locked until the commit.
        var held = connection.Run(
            "UPDATE leases SET fence = fence WHERE name = @name AND owner = @owner AND fence = @fence",
            ("@name", lease.Name), ("@owner", lease.Owner), ("@fence", lease.Fence)) == 1;
        if (!held)
        {
            throw new LeaseGoneException(lease);
        }
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
