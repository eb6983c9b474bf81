using Flatfile.Agent;

namespace ThrowsInConstructor;

/// <summary>Cannot be made.</summary>
[On("space:created")]
public sealed class Unlicensed : IEventHandler
{
    public Unlicensed() => throw new InvalidOperationException("There is no licence file.");

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
