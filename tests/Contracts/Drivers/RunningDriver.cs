using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>A driver that receives until it is disposed.</summary>
public sealed class RunningDriver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;

    public RunningDriver(IEventDriver driver, Func<EventDelivery, CancellationToken, Task> onDelivery)
    {
        Driver = driver;
        _receiving = Task.Run(() => driver.ReceiveAsync(onDelivery, _stop.Token));
    }

    public IEventDriver Driver { get; }

    /// <summary>True when the driver gave up receiving.</summary>
    public bool HasEnded => _receiving.IsCompleted;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Signal.WaitAsync(_receiving, "the driver to stop");
        }
        catch (OperationCanceledException)
        {
            // A driver may end either way.
        }

        _stop.Dispose();
    }
}
