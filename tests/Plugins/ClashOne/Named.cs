using Flatfile.Agent;

namespace Clash;

/// <summary>Has an id that another plugin has too.</summary>
[On("space:updated")]
[Handler("clash")]
public sealed class Named : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
