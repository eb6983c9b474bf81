using Flatfile.Agent;

namespace History;

/// <summary>Gets every event.</summary>
[On("space:updated")]
[Handler("history/first")]
public sealed class First : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Oracle.ApplyAsync(context, "history/first", cancellationToken);
}
