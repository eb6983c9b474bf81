namespace Flatfile.Agent.Core.Drivers;

/// <summary>A pause that grows with every failure, with jitter, and starts anew after a success.</summary>
internal sealed class Pause(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private TimeSpan _next = first;

    public void Reset() => _next = first;

    /// <summary>Waits and grows. Returns early, without an exception, when the token fires.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.8 + (0.4 * Random.Shared.NextDouble()));
        _next = _next * 2 > longest ? longest : _next * 2;
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
