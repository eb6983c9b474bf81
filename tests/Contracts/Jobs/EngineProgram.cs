namespace Contracts.Jobs;

/// <summary>A node as a process of its own, to be killed: enqueues the tickets it is told, says which it runs, and never ends a run.</summary>
public static class EngineProgram
{
    /// <summary>Lives until it is killed.</summary>
    public static async Task<int> RunAsync(JobEngineHarness harness, IEnumerable<string> tickets)
    {
        ArgumentNullException.ThrowIfNull(harness);
        ArgumentNullException.ThrowIfNull(tickets);
        var node = harness.Node(new CallbackRunner((id, _) =>
        {
            Console.WriteLine("run " + id);
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        }));
        foreach (var ticket in tickets)
        {
            await node.EnqueueAsync(ticket);
        }

        await node.StartAsync();
        Console.WriteLine("started");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
