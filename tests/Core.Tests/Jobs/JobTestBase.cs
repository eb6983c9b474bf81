using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Jobs;

/// <summary>A world with one job handler whose runs are collected.</summary>
public abstract class JobTestBase : IAsyncLifetime
{
    private protected Arrivals<int> Runs { get; } = new("runs of the handler");

    private protected World World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await World.CreateAsync();

    public async Task DisposeAsync() => await World.DisposeAsync();

    /// <summary>Binds the handler; each run is noted with its attempt.</summary>
    private protected void OnJob(Func<JobContext, CancellationToken, Task<JobResult>>? run = null) =>
        World.OnJob("j", (context, token) =>
        {
            Runs.Add(context.Attempt);
            return run?.Invoke(context, token) ?? Task.FromResult(new JobResult("done"));
        });

    private protected async Task CrashAsync(string? before, string? after)
    {
        await using var process = await AgentProcess.StartAsync(World, before, after);
        await process.Crashed.WaitAsync();
        await process.KillAsync();
    }

    /// <summary>Waits until every ticket has ended and returns them.</summary>
    private protected static async Task<IReadOnlyList<TicketRow>> TicketsAsync(AgentProcess process, int count = 1)
    {
        IReadOnlyList<TicketRow> rows = [];
        await Signal.UntilAsync(
            async () => (rows = await RowsAsync(process.Get<AgentDatabase>())).Count(r => r.State >= TicketState.Completed) >= count, $"{count} ended tickets");
        return rows;
    }

    private protected static Task<IReadOnlyList<TicketRow>> RowsAsync(AgentDatabase database) =>
        database.ReadAsync<IReadOnlyList<TicketRow>>(c => c.Query(
            "SELECT id, state, attempt, failures, fatal, reason FROM tickets ORDER BY seq",
            r => new TicketRow(r.GetString(0), (TicketState)r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.TextOrNull(5))), CancellationToken.None);

    internal sealed record TicketRow(string Id, TicketState State, int Attempt, int Failures, int Fatal, string? Reason);
}
