using System.Runtime.CompilerServices;
using Flatfile.Agent.Core.Plugins.Services;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>One load of a plugin: who uses it, the services of its own, and the load context its code lives in.</summary>
/// <remarks>It ends when it has been retired and the last use of it is over; until then its code is whole.</remarks>
internal sealed class LivePlugin(string name, PluginLoadContext? context)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PluginLoadContext? _context = context;
    private OwnServices? _services;
    private int _uses;
    private bool _retired;

    public string Name { get; } = name;

    /// <summary>How its handlers fare.</summary>
    public CallTally Calls { get; } = new();

    /// <summary>Null while there are none, and for an assembly of the host that registers none.</summary>
    public OwnServices? Services
    {
        get => _services;
        set => _services = value;
    }

    /// <summary>How many events and runs use it at this moment.</summary>
    public int Uses
    {
        get
        {
            lock (_lock)
            {
                return _uses;
            }
        }
    }

    /// <summary>Takes a use, which must be released; false when the plugin has ended.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted)
            {
                return false;
            }

            _uses++;
            return true;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _uses--;
            EndWhenUnused();
        }
    }

    /// <summary>A use for the length of a scope.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public PluginLease Take() => TryTake()
        ? new PluginLease(this)
        : throw new InvalidOperationException($"This version of plugin {Name} was replaced and is gone.");

    /// <summary>No catalogue holds it any more. The task ends with its last use.</summary>
    public Task RetireAsync()
    {
        lock (_lock)
        {
            _retired = true;
            EndWhenUnused();
        }

        return _ended.Task;
    }

    /// <summary>Disposes its services and begins to unload its code.</summary>
    /// <returns>Whether the code is still in memory, null for code of the host; and what its services threw, if anything.</returns>
    public async Task<(WeakReference? Code, Exception? Fault)> LetGoAsync()
    {
        Exception? fault = null;
        try
        {
            if (Interlocked.Exchange(ref _services, null) is { } services)
            {
                await services.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception thrown)
        {
            // Kept as text: the object may be of the plugin's own code and would hold it in memory.
            fault = thrown.GetType().IsCollectible ? new InvalidOperationException(thrown.ToString()) : thrown;
        }

        Calls.Watch(null);
        return (Unload(), fault);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference? Unload()
    {
        if (Interlocked.Exchange(ref _context, null) is not { } context)
        {
            return null;
        }

        context.Unload();
        return new WeakReference(context, trackResurrection: true);
    }

    private void EndWhenUnused()
    {
        if (_retired && _uses == 0)
        {
            _ended.TrySetResult();
        }
    }
}
