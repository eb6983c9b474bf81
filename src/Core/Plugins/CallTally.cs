using Flatfile.Agent.Core.Dispatch;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Counts how calls of a plugin's handlers end, and tells its watcher, if it has one.</summary>
internal sealed class CallTally
{
    private readonly Lock _lock = new();
    private Action<int, int>? _watch;
    private int _calls;
    private int _failures;

    /// <summary>Counts anew and tells after each call: how many ended, how many of these failed.</summary>
    public void Watch(Action<int, int>? watch)
    {
        lock (_lock)
        {
            _watch = watch;
            _calls = 0;
            _failures = 0;
        }
    }

    /// <summary>A handler ended. Must not be told of calls that the agent itself ended.</summary>
    /// <param name="fault">What it threw, or null.</param>
    public void Ended(Exception? fault)
    {
        if (fault is not null && SaysNothing(fault))
        {
            return;
        }

        Action<int, int>? watch;
        int calls, failures;
        lock (_lock)
        {
            calls = ++_calls;
            failures = fault is null or JobFailedException ? _failures : ++_failures;
            watch = _watch;
        }

        watch?.Invoke(calls, failures);
    }

    /// <summary>
    /// Flatfile or the network being away says nothing about the code. A handler that fails a job with a sentence for its person does what
    /// it was written for. All else, also a call that takes too long, is the code's own failure.
    /// </summary>
    private static bool SaysNothing(Exception fault) => fault switch
    {
        StuckHandlerException or TimeoutException => false,
        FlatfileApiException { IsTransient: true } or HttpRequestException { StatusCode: null } or OperationCanceledException => true,
        _ => FaultKinds.StatusOf(fault) is { } status && (int)status is >= 500 or 401 or 403 or 408 or 425 or 429,
    };
}
