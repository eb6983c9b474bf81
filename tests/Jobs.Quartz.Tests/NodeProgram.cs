using Contracts.Jobs;
using Jobs.Quartz.Tests.Support;

namespace Jobs.Quartz.Tests;

/// <summary>A node with this engine as a process of its own.</summary>
internal static class NodeProgram
{
    public static async Task<int> Main(string[] args)
    {
        await using JobEngineHarness harness = args[0] == SqliteHarness.Argument ? new SqliteHarness(args[1]) : new ClusterHarness(args[1]);
        return await EngineProgram.RunAsync(harness, args.SkipWhile(a => a != "--").Skip(1));
    }
}
