using Flatfile.Agent;

namespace History;

/// <summary>Kills the process it runs in.</summary>
[On("space:updated", Filter = """{"kind":"deadly"}""")]
[Handler("history/deadly")]
public sealed class Deadly : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        Environment.FailFast("This event kills whoever handles it.");
        return Task.CompletedTask;
    }
}
