using Flatfile.Agent;

namespace History;

/// <summary>Never succeeds.</summary>
[On("space:updated", Filter = """{"kind":"hopeless"}""")]
[Handler("history/hopeless")]
public sealed class Hopeless : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This event fails whatever is done.");
}
