namespace Contracts.Support;

/// <summary>For how long this machine itself stood still meanwhile: what an upper limit of time has to allow for.</summary>
/// <remarks>On a quiet machine it is some milliseconds. Where a machine stands still for a second, nothing that runs on it keeps a limit.</remarks>
public sealed class Lateness : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _measuring;
    private long _ticks;

    public Lateness() => _measuring = Task.Run(MeasureAsync);

    /// <summary>The longest that a timer came too late since the beginning.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

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
            Interlocked.Exchange(ref _ticks, Math.Max(_ticks, (TimeProvider.System.GetElapsedTime(begun) - Step).Ticks));
        }
    }
}
