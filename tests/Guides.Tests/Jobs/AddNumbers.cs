// snippet
using System.Text.Json.Nodes;
using Flatfile.Agent;

namespace Numbers;

/// <summary>Adds up a large range in parts that run beside each other.</summary>
[Handler("numbers/add")]
[OnJob("space:add")]
public sealed class AddNumbers : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        if (context.Part is { } part)
        {
            var (from, to) = (part.Data.GetProperty("from").GetInt64(), part.Data.GetProperty("to").GetInt64());
            var sum = 0L;
            for (var number = from; number <= to; number++)
            {
                sum += number;
            }

            return new JobResult($"{from} to {to}") { Details = new JsonObject { ["sum"] = sum } };
        }

        var parts = await context.SplitAsync(
            [.. Enumerable.Range(0, 4).Select(i => new JobPartPlan(new JsonObject { ["from"] = (i * 250) + 1, ["to"] = (i + 1) * 250 }))], cancellationToken);
        if (parts.FirstOrDefault(p => !p.Succeeded) is { } failed)
        {
            throw new JobFailedException($"Part {failed.Number} failed: {failed.Message}");
        }

        return new JobResult($"The sum is {parts.Sum(p => (long)p.Outcome["sum"]!)}.");
    }
}
// end
