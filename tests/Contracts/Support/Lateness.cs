namespace Contracts.Support;

/// <summary>How much too late this machine's own timers came meanwhile: what an upper limit of time has to allow for.</summary>
/// <remarks>On a quiet machine it is next to nothing. Where a machine stands still for a second, nothing that runs on it keeps a limit.</remarks>
public sealed class Lateness : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _measuring;
    private long _ticks;

    public Lateness() => _measuring = Task.Run(MeasureAsync);

    /// <summary>All that came too late since the beginning.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _measuring;
        _end.Dispose();
    }

    private async Task MeasureAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await Task.Delay(Step, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var late = TimeProvider.System.GetElapsedTime(begun) - Step;

            // A step or two of the clock is how timers are, not lateness.
            if (late > Step)
            {
                Interlocked.Add(ref _ticks, late.Ticks);
            }
        }
    }
}
