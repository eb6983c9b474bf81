using Flatfile.Agent;

namespace OwnContract;

/// <summary>A handler whose folder carries a copy of the contract.</summary>
[On("space:created")]
public sealed class Careless : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
