namespace Flatfile.Agent.Core.Drivers;

/// <summary>A pause that grows with every failure, with jitter, and starts anew after a success.</summary>
internal sealed class Pause(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private TimeSpan? _next;

    public void Reset() => _next = null;

    /// <summary>Waits and grows. Returns early, without an exception, when the token fires.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = _next ?? first;
        var pause = now * (0.8 + (0.4 * Random.Shared.NextDouble()));
        _next = now * 2 > longest ? longest : now * 2;
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
