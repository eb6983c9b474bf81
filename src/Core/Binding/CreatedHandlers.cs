namespace Flatfile.Agent.Core.Binding;

/// <summary>Disposes, at the end of a scope, the handlers made in it, the last one first.</summary>
internal sealed class CreatedHandlers : IAsyncDisposable, IDisposable
{
    private readonly Stack<object> _handlers = new();

    public void Add(object handler)
    {
        if (handler is IAsyncDisposable or IDisposable)
        {
            _handlers.Push(handler);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_handlers.TryPop(out var handler))
        {
            if (handler is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                ((IDisposable)handler).Dispose();
            }
        }
    }

    public void Dispose()
    {
        while (_handlers.TryPop(out var handler))
        {
            (handler as IDisposable)?.Dispose();
        }
    }
}
