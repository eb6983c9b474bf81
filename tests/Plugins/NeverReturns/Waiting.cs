using Flatfile.Agent;

namespace NeverReturns;

/// <summary>Waits in its constructor for what never comes.</summary>
[On("space:created")]
public sealed class Waiting : IEventHandler
{
    public Waiting()
    {
        using var never = new ManualResetEventSlim();
        never.Wait(CancellationToken.None);
    }

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
