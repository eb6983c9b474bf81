using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>Hands deliveries over within the number of events in hand, and gives back under their locks what was not settled.</summary>
internal sealed partial class HandOver(
    Func<EventDelivery, CancellationToken, Task> onDelivery, int maxInFlight, TimeSpan longestHold, TimeProvider time, ILogger log,
    CancellationToken stopping, CancellationToken late)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _room = new(maxInFlight, maxInFlight);

    /// <summary>Returns when there is room for one more event.</summary>
    public Task WaitForRoomAsync() => _room.WaitAsync(stopping);

    /// <summary>Takes room for one more event if there is any.</summary>
    public bool TakesRoom() => _room.Wait(0, CancellationToken.None);

    /// <summary>Room that was taken and is not needed.</summary>
    public void LeaveRoom() => _room.Release();

    /// <summary>The room must have been taken; it is left when the handler is done. Never throws. Calls in order are hand-overs in order.</summary>
    public async Task RunAsync(BusDelivery delivery)
    {
        try
        {
            await onDelivery(delivery, stopping).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            if (!stopping.IsCancellationRequested)
            {
                DeliveryFaulted(log, fault, delivery.Message.MessageId, delivery.DeliveryCount);
            }
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>
    /// The bus knows no delay for what is given back, so it waits here, locked: nobody overtakes it in its session, and its count stays the bus's.
    /// The longest delay holds for all of them, and they go back in order. When we are stopping they go back at once.
    /// </summary>
    /// <returns>False when the receiver must not be used any more: the bus could not be told, or we are stopping.</returns>
    public async Task<bool> GiveBackAsync(ServiceBusReceiver receiver, IReadOnlyList<BusDelivery> unsettled, LockRenewal renewal)
    {
        var delay = unsettled.Max(d => d.Settlement == Settlement.Abandoned ? d.Delay : AfterFault);
        if (delay > TimeSpan.Zero && !stopping.IsCancellationRequested)
        {
            renewal.Extend();
            await Task.Delay(delay < longestHold ? delay : longestHold, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var told = true;
        foreach (var delivery in unsettled)
        {
            if (delivery.Settlement == Settlement.Failed)
            {
                // Whether the bus took the settlement is not known; a second word about it could only be wrong.
                told = false;
                continue;
            }

            try
            {
                await receiver.AbandonMessageAsync(delivery.Message, cancellationToken: late).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                NotGivenBack(log, fault, delivery.Message.MessageId);
                told = false;
            }
        }

        return told && !stopping.IsCancellationRequested;
    }
}
