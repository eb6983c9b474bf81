namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>Acknowledgements pass while it is open. Closed while pages are turned: an acknowledged event leaves the list and moves the pages.</summary>
internal sealed class AcknowledgementGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _emptied;
    private int _inside;

    /// <summary>Waits until the gate is open; each entry is left once.</summary>
    public async Task EnterAsync()
    {
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_opened is null)
                {
                    _inside++;
                    return;
                }

                opened = _opened.Task;
            }

            await opened.ConfigureAwait(false);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_inside == 0)
            {
                _emptied?.TrySetResult();
            }
        }
    }

    /// <summary>Lets nobody in and returns when those inside have left.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0)
            {
                _emptied.SetResult();
            }

            return _emptied.Task;
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _opened?.TrySetResult();
            _opened = null;
            _emptied = null;
        }
    }
}
