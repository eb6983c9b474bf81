using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Jobs.Recurring;

/// <summary>A world with a clock to be set, and one piece of recurring work whose runs are collected.</summary>
public abstract class RecurringTestBase : IAsyncLifetime
{
    private protected const string Id = "w";

    private protected static readonly DateTimeOffset Noon = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private protected ShiftedTime Time { get; } = new(Noon - TimeSpan.FromMinutes(30));

    private protected Arrivals<(DateTimeOffset Slot, int Attempt)> Runs { get; } = new("runs of the work");

    private protected World World { get; private set; } = null!;

    private protected Func<RecurringContext, CancellationToken, Task<RecurringResult>> Work { get; set; } = (_, _) => Task.FromResult(new RecurringResult("done"));

    public async Task InitializeAsync() => World = await World.CreateAsync();

    public async Task DisposeAsync() => await World.DisposeAsync();

    private protected RecurringBinding Binding(string cron = "0 * * * *", RecurringOverlap overlap = RecurringOverlap.Skip, RecurringMisfire misfire = RecurringMisfire.RunOnce, TimeSpan? timeout = null) => new()
    {
        Id = Id, Plugin = "test", Source = "test", Schedule = RecurringSchedule.Parse(cron, "UTC"), Overlap = overlap, Misfire = misfire, Timeout = timeout,
        Create = _ => new Callback(async (context, token) =>
        {
            Runs.Add((context.Slot, context.Attempt));
            return await Work(context, token);
        }),
    };

    private protected Task<AgentProcess> StartAsync(RecurringBinding? binding = null, string? crashBefore = null, string? crashAfter = null, Action<AgentOptions>? configure = null) =>
        AgentProcess.StartAsync(World, crashBefore, crashAfter, configure, services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddSingleton(binding ?? Binding());
        });

    /// <summary>Waits until the agent has seen its work, so that the next slot is known.</summary>
    private protected static Task<RecurringStatus> TrackedAsync(AgentProcess process, Func<RecurringStatus, bool>? condition = null) =>
        UntilAsync(process, s => s.Open is null && (condition?.Invoke(s) ?? s.NextSlot is not null));

    private protected static async Task<RecurringStatus> UntilAsync(AgentProcess process, Func<RecurringStatus, bool> condition)
    {
        RecurringStatus? status = null;
        await Signal.UntilAsync(
            async () =>
            {
                status = Assert.Single(await process.Get<IRecurringDesk>().ListAsync(CancellationToken.None));
                var (rows, _) = await process.Get<IRecurringStore>().ReadAsync(CancellationToken.None);
                return rows.Count == 1 && condition(status);
            },
            "the recurring work to be as expected");
        return status!;
    }

    /// <summary>Sets the clock and has the agent look at once.</summary>
    private protected void SetClock(AgentProcess process, DateTimeOffset now)
    {
        Time.Set(now);
        process.Get<RecurringBell>().Ring();
    }

    private protected static async Task<IReadOnlyList<RecurringRun>> HistoryAsync(AgentProcess process) =>
        [.. (await process.Get<IRecurringDesk>().RunsAsync(Id, 100, CancellationToken.None)).Reverse()];

    private sealed class Callback(Func<RecurringContext, CancellationToken, Task<RecurringResult>> run) : IRecurringHandler
    {
        public Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
