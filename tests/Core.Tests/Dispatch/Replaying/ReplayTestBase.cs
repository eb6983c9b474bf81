using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Dispatch.Replaying;

/// <summary>A world whose handlers may be broken and mended.</summary>
public abstract class ReplayTestBase : IAsyncLifetime
{
    private protected Arrivals<string> Runs { get; } = new("handler runs");

    private protected World World { get; private set; } = null!;

    private protected bool IsBroken { get; set; } = true;

    public async Task InitializeAsync() => World = await World.CreateAsync();

    public async Task DisposeAsync() => await World.DisposeAsync();

    /// <summary>Binds a handler that gives up at once while it is broken.</summary>
    private protected void OnEventThatMayBreak(string id = "bad") =>
        World.OnEvent(id, (context, _) => IsBroken ? throw new NotSupportedException("not yet") : RanAsync($"{id} {context.Event.Id}"));

    private protected Task RanAsync(string what)
    {
        Runs.Add(what);
        return Task.CompletedTask;
    }

    private protected static async Task<IReadOnlyList<DeadLetter>> LettersAsync(AgentProcess process, int count)
    {
        IReadOnlyList<DeadLetter> letters = [];
        await Signal.UntilAsync(
            async () => (letters = await process.Get<IDeadLetters>().ListAsync(1000, CancellationToken.None)).Count(l => l.State == DeadLetterState.Open) >= count, $"{count} open dead letters");
        return [.. letters.Reverse()];
    }

    private protected static async Task<DeadLetter> StandsAsync(AgentProcess process, long id, DeadLetterState state)
    {
        DeadLetter? letter = null;
        await Signal.UntilAsync(
            async () => (letter = await process.Get<IDeadLetters>().GetAsync(id, CancellationToken.None))?.State == state, $"dead letter {id} to be {state}");
        return letter!;
    }

    private protected static Task<ReplayReport> AskAsync(AgentProcess process, params long[] ids) =>
        process.Get<DeadLetterReplay>().RequestAsync(new ReplayRequest(new DeadLetterFilter { Ids = ids }), CancellationToken.None);
}
