using Flatfile.Agent;

namespace Core.Tests.Plugins;

/// <summary>Classes a plugin should not have.</summary>
public static class Faulty
{
    [On("records:*", Filter = "{sheetSlug: contacts}")]
    public sealed class BadFilter : Idle;

    [On("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public sealed class LongTopic : Idle;

    [On("space:created")]
    public sealed class NeedsAService(HttpClient http) : Idle
    {
        public HttpClient Http { get; } = http;
    }

    [On("space:created")]
    public sealed class StaticallyBroken : Idle
    {
        static StaticallyBroken() => throw new FormatException("The settings are garbled.");
    }

    [On("space:created")]
    [Lane("sheets")]
    public sealed class LaneOfNothing : Idle;

    [On("space:created")]
    [Limit(0, Per = LaneKey.Sheet)]
    public sealed class NoPlace : Idle;

    [On("space:created")]
    [Limit(1)]
    [Limit(2)]
    public sealed class TwoLimits : Idle;

    [On("space:created")]
    [Attempt(Timeout = "soon")]
    public sealed class NoTime : Idle;

    public sealed class BadRule : IPlugin
    {
        public void Configure(FlatfileListener listener) =>
            listener.On(["space:created"], null, new HandlerRules { Limit = -1 }, (_, _) => Task.CompletedTask);
    }

    public sealed class ThrowsInConfigure : IPlugin
    {
        public void Configure(FlatfileListener listener) => throw new InvalidOperationException("Not today.");
    }

    public sealed class ThrowsAtBirth : IPlugin
    {
        public ThrowsAtBirth() => throw new InvalidOperationException("Not born.");

        public void Configure(FlatfileListener listener)
        {
        }
    }

    [On("job:ready")]
    public sealed class JobWithOn : IJobHandler
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => Task.FromResult(new JobResult("Done."));
    }

    public sealed class Unbound(HttpClient http) : Idle
    {
        public HttpClient Http { get; } = http;
    }

    [On("**")]
    public sealed class Disposable(DisposalLog log) : Idle, IDisposable
    {
        public void Dispose() => log.Count++;
    }

    [On("**")]
    [Handler("one")]
    public sealed class Named : Idle;

    [On("**")]
    [Handler("one")]
    public sealed class NamedToo : Idle;

    /// <summary>Does nothing with its events.</summary>
    public abstract class Idle : IEventHandler
    {
        public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
