namespace Flatfile.Agent.Core.Progress;

/// <summary>Keeps only the latest report and sends it at most once an interval. Never backwards, never after the end.</summary>
/// <remarks>One report is on its way and one is waiting, never more. A report that cannot be sent is dropped: the next one says more.</remarks>
internal sealed class ProgressBuffer : IAsyncDisposable
{
    private readonly Func<ProgressReport, CancellationToken, Task> _send;
    private readonly Action<Exception> _onFailure;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _lock = new();
    private readonly Task _pump;
    private double _highest;
    private ProgressReport? _waiting;
    private bool _closed;

    /// <param name="start">Where earlier runs had come; lower values stay there.</param>
    /// <param name="interval">The shortest time between two reports.</param>
    /// <param name="send">Sends one report.</param>
    /// <param name="onFailure">Told of a report that could not be sent.</param>
    /// <param name="time">The clock.</param>
    public ProgressBuffer(
        double start, TimeSpan interval, Func<ProgressReport, CancellationToken, Task> send, Action<Exception> onFailure, TimeProvider time)
    {
        _highest = start;
        _interval = interval;
        _send = send;
        _onFailure = onFailure;
        _time = time;
        _pump = Task.Run(PumpAsync);
    }

    /// <summary>Returns at once. A lower value than before is ignored, its text is not.</summary>
    public void Report(double percent, string? info)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            var before = _highest;
            if (percent > _highest)
            {
                _highest = Math.Min(percent, 100);
            }
            else if (info is null)
            {
                return;
            }

            if (_highest > before || info is not null)
            {
                _waiting = new ProgressReport(_highest, info ?? _waiting?.Info);
            }
        }

        Wake();
    }

    /// <summary>Sends what still waits and takes no more. After this returns nothing is on its way.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _closed = true;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        Wake();
        await _pump.ConfigureAwait(false);
        if (Take() is { } last)
        {
            await SendAsync(last, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes no more and sends no more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
            _waiting = null;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        Wake();
        await _pump.ConfigureAwait(false);
        _closing.Dispose();
        _wake.Dispose();
    }

    private async Task PumpAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await _wake.WaitAsync().ConfigureAwait(false);
            if (_closing.IsCancellationRequested)
            {
                return;
            }

            if (Take() is { } report)
            {
                await SendAsync(report, CancellationToken.None).ConfigureAwait(false);
                await PauseAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(_interval, _time, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Closing sends the rest at once.
        }
    }

    private async Task SendAsync(ProgressReport report, CancellationToken cancellationToken)
    {
        try
        {
            await _send(report, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _onFailure(fault);
        }
    }

    private ProgressReport? Take()
    {
        lock (_lock)
        {
            var report = _waiting;
            _waiting = null;
            return report;
        }
    }

    private void Wake()
    {
        lock (_wake)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }
}
