namespace Flatfile.Agent.Core.Drivers;

/// <summary>Brings no events in: for an agent that is nothing but a bridge.</summary>
internal sealed class NoDriver : IEventDriver
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "None";

    public string Name => DriverName;

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
