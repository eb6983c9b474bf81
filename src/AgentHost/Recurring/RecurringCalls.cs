using System.Text.Json;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Events;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Recurring;

/// <summary>Does what stands behind <c>./agent recurring</c>, at the agent that runs over the data folder.</summary>
internal static class RecurringCalls
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static async Task<int> ListAsync(HostSettings settings, CancellationToken stop)
    {
        using var agent = RunningAgent.Open(settings);
        RecurringTable.Write(Screen.Out(), (await agent.GetAsync("recurring", stop)).Deserialize(OperatorJson.Default.IReadOnlyListRecurringView)!);
        return ExitCodes.Done;
    }

    public static async Task<int> RunsAsync(HostSettings settings, string id, int limit, CancellationToken stop)
    {
        using var agent = RunningAgent.Open(settings);
        var answer = await agent.GetAsync(FormattableString.Invariant($"recurring/runs?id={Uri.EscapeDataString(id)}&limit={limit}"), stop);
        RecurringTable.Write(Screen.Out(), answer.Deserialize(OperatorJson.Default.IReadOnlyListRecurringRunView)!);
        return ExitCodes.Done;
    }

    /// <param name="settings">Whose agent.</param>
    /// <param name="order"><c>pause</c> or <c>resume</c>.</param>
    /// <param name="id">The work.</param>
    /// <param name="stop">Gives up waiting.</param>
    public static async Task<int> SetAsync(HostSettings settings, string order, string id, CancellationToken stop)
    {
        using var agent = RunningAgent.Open(settings);
        Screen.Out().WriteLine((await PostAsync(agent, order, new RecurringOrder { Id = id }, stop)).Message);
        return ExitCodes.Done;
    }

    /// <summary>Has it run and waits for its end. The exit code says how it ended.</summary>
    public static async Task<int> RunAsync(HostSettings settings, string id, CancellationToken stop)
    {
        var run = await RunAsync(settings, new RecurringOrder { Id = id }, TimeProvider.System, stop);
        Screen.Out().WriteLine($"{run.Id}: {run.State}. {run.Message}");
        return CodeOf(run);
    }

    /// <summary>Has it run and waits for its end.</summary>
    public static async Task<RecurringRunView> RunAsync(HostSettings settings, RecurringOrder order, TimeProvider time, CancellationToken stop)
    {
        using var agent = RunningAgent.Open(settings);
        var number = (await PostAsync(agent, "run", order, stop)).Run!.Value;
        while (true)
        {
            var run = (await agent.GetAsync(FormattableString.Invariant($"recurring/runs/{number}"), stop)).Deserialize(OperatorJson.Default.RecurringRunView)!;
            if (run.EndedAt is not null)
            {
                return run;
            }

            await Task.Delay(Look, time, stop);
        }
    }

    public static int CodeOf(RecurringRunView run) => run.State == "succeeded" ? ExitCodes.Done : ExitCodes.Failed;

    private static async Task<RecurringAnswer> PostAsync(RunningAgent agent, string what, RecurringOrder order, CancellationToken stop) =>
        (await agent.PostAsync("recurring/" + what, JsonSerializer.Serialize(order, OperatorJson.Default.RecurringOrder), stop)).Deserialize(OperatorJson.Default.RecurringAnswer)!;
}
