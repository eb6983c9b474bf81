namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>A pause that doubles with every failure, with jitter, and starts anew after a success.</summary>
internal sealed class GrowingPause(TimeSpan longest, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    private TimeSpan _next = First;

    public void Reset() => _next = First;

    /// <summary>Waits and grows. Returns early, without an exception, when the token fires.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var pause = _next * (0.8 + (0.4 * Random.Shared.NextDouble()));
        _next = _next * 2 > longest ? longest : _next * 2;
        await Task.Delay(pause < longest ? pause : longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
