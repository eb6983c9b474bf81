using System.Globalization;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Store.PostgreSql;
using Store.PostgreSql.Tests.Support;

namespace Store.PostgreSql.Tests;

/// <summary>A node as a process of its own: takes the tickets it is told, says so, and lives until it is killed or its input ends.</summary>
internal static class NodeProgram
{
    public static async Task<int> Main(string[] args)
    {
        var times = new NodeTimes { Life = TimeSpan.FromMilliseconds(int.Parse(args[1], CultureInfo.InvariantCulture)), Answer = TimeSpan.FromSeconds(1) };
        var node = await PostgresNode.OpenAsync(args[0], times);
        var owned = node.Owner.Current;
        foreach (var number in args.Skip(2))
        {
            var claim = await node.ClaimAsync(number);
            if (claim.Answer != ClaimAnswer.Claimed)
            {
                Console.WriteLine($"refused {number}: {claim.Answer}");
                return 1;
            }
        }

        Console.WriteLine("entered " + owned.Id);
        await using var lost = owned.Lost.Register(() => Console.WriteLine("lost " + owned.Id));
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await PostgresNode.CloseAsync(node);
        return 0;
    }
}
