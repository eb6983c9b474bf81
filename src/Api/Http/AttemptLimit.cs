namespace Flatfile.Api;

/// <summary>The time one attempt has; a body that moves renews it.</summary>
internal sealed class AttemptLimit : IDisposable
{
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _linked;
    private readonly TimeSpan _time;

    public AttemptLimit(TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _time = time;
        _clock = new CancellationTokenSource(time, timeProvider);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
    }

    public CancellationToken Token => _linked.Token;

    public TimeSpan Time => _time;

    public bool Passed => _clock.IsCancellationRequested;

    public void Renew() => _clock.CancelAfter(_time);

    /// <summary>Stops the clock, for instance while the reader of a download is busy elsewhere.</summary>
    public void Rest() => _clock.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _linked.Dispose();
        _clock.Dispose();
    }
}
