using System.Threading.Channels;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Wakes one waiter of this process before its time is over. A ring that nobody waits for is kept for the next wait.</summary>
internal abstract class Bell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Returns when it rang since the last time, or after the limit; without an exception when the token fires.</summary>
    public async Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rung = _rung.Reader.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(rung, Task.Delay(limit, time, patience.Token)).ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        await ((Task)rung).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rung.Reader.TryRead(out _);
    }
}
