using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A job whose checkpoint outlives its runs, as that of a real one outlives the process.</summary>
internal sealed class TestJobContext(object context, string jobId = "us_jb_test") : JobContext
{
    public string? Checkpoint { get; private set; }

    public List<double> Percents { get; } = [];

    public CancellationTokenSource StoppingSource { get; } = new();

    /// <summary>Asked before a checkpoint is saved; throwing here is a death between the server's answer and the checkpoint.</summary>
    public Action BeforeSave { get; set; } = () => { };

    public override string JobId => jobId;

    public override FlatfileEvent Event { get; } = Events.Of("job:ready", context);

    public override int Attempt => 1;

    public override ILogger Logger => NullLogger.Instance;

    public override CancellationToken Stopping => StoppingSource.Token;

    public override void Report(double percent, string? info = null)
    {
        lock (Percents)
        {
            Percents.Add(percent);
        }
    }

    public override JobPart? Part => null;

    public override JobStep Step(string name, double share) => new Steps(this);

    public override Task<long> ForEachPageAsync(SheetQuery query, Func<SheetPage, CancellationToken, Task> handle, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Handlers that go through pages are tested with a whole agent.");

    public override Task<IReadOnlyList<JobPartResult>> SplitAsync(IReadOnlyList<JobPartPlan> parts, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Handlers that split their job are tested with a whole agent.");

    public override Task<T?> ResumeAsync<T>(CancellationToken cancellationToken)
        where T : default =>
        Task.FromResult(Checkpoint is null ? default : JsonSerializer.Deserialize<T>(Checkpoint));

    public override Task CheckpointAsync<T>(T state, CancellationToken cancellationToken)
    {
        BeforeSave();
        Checkpoint = JsonSerializer.Serialize(state);
        return Task.CompletedTask;
    }

    private sealed class Steps(TestJobContext context) : JobStep
    {
        public override void Report(double percent, string? info = null) => context.Report(percent, info);

        public override JobStep Step(string name, double share) => this;
    }
}
