using System.Runtime.ExceptionServices;

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

    /// <summary>One that throws does not keep the others from being disposed; the first fault is thrown at the end.</summary>
    public async ValueTask DisposeAsync()
    {
        Exception? first = null;
        while (_handlers.TryPop(out var handler))
        {
            try
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
            catch (Exception fault)
            {
                first ??= fault;
            }
        }

        Rethrow(first);
    }

    public void Dispose()
    {
        Exception? first = null;
        while (_handlers.TryPop(out var handler))
        {
            try
            {
                (handler as IDisposable)?.Dispose();
            }
            catch (Exception fault)
            {
                first ??= fault;
            }
        }

        Rethrow(first);
    }

    private static void Rethrow(Exception? fault)
    {
        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }
}
