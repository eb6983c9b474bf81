using Contracts.Jobs;
using Jobs.Hangfire.Tests.Support;

namespace Jobs.Hangfire.Tests;

/// <summary>A node with this engine as a process of its own.</summary>
internal static class NodeProgram
{
    public static async Task<int> Main(string[] args)
    {
        await using var harness = new HangfireHarness(args[0]);
        return await EngineProgram.RunAsync(harness, args.SkipWhile(a => a != "--").Skip(1));
    }
}
