using System.Text.Json.Nodes;
using System.Threading.Channels;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary>A job of the server whose steps the test lets through one by one; each step renames the space once, in <c>metadata.done</c>.</summary>
internal sealed class SteppedJob : ISystemJob
{
    private readonly Channel<int> _reached = Channel.CreateUnbounded<int>();
    private readonly SemaphoreSlim _steps = new(0);

    public string Name => "space:stepped";

    /// <summary>How many runs were at work at once, at most.</summary>
    public int MostAtOnce { get; private set; }

    private int _atOnce;

    public Exception? Fault { get; set; }

    public IEnumerable<ApiFault> Check(SpaceRead read, JsonObject job)
    {
        foreach (var name in new[] { "steps", "weight" })
        {
            if ((job["config"] as JsonObject)?[name] is not JsonValue)
            {
                yield return new ApiFault($"config.{name}", $"The job needs 'config.{name}'.");
            }
        }
    }

    public async Task<JobOutcome> RunAsync(SystemJobRun run)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
        try
        {
            var steps = (int)run.Config["steps"]!;
            for (var step = (int?)run.Checkpoint?["step"] ?? 0; step < steps; step++)
            {
                _reached.Writer.TryWrite(step);
                await _steps.WaitAsync(run.Cancelled);
                if (Fault is not null)
                {
                    throw Fault;
                }

                await run.WriteAsync(write =>
                {
                    var space = write.Space;
                    space["done"] = (int?)space["done"] + 1 ?? 1;
                    write.StoreSpace(space);
                    run.Save(write, new JsonObject { ["step"] = step + 1 });
                    run.Report(write, step * 100.0 / steps, $"{step + 1} of {steps}");
                    return true;
                });
            }

            return new JobOutcome($"{steps} steps done.") { Figures = new Dictionary<string, JsonNode?> { ["steps"] = steps } };
        }
        finally
        {
            Interlocked.Decrement(ref _atOnce);
        }
    }

    public void Let(int steps) => _steps.Release(steps);

    /// <summary>Waits until the job stands before this step.</summary>
    public async Task ReachedAsync(int step)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            while (await _reached.Reader.ReadAsync(patience.Token) != step)
            {
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The job did not come to step {step} in 20 seconds.");
        }
    }
}
