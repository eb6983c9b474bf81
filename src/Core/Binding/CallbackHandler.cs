namespace Flatfile.Agent.Core.Binding;

/// <summary>A callback of a listener as an event handler.</summary>
internal sealed class CallbackHandler(Func<EventContext, CancellationToken, Task> callback) : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => callback(context, cancellationToken);
}
