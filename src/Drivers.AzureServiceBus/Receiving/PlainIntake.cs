using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>Takes events of a queue or subscription without sessions, as many as there is room for.</summary>
internal sealed partial class PlainIntake(BusConnection connection, HandOver handOver, Outage outage, TimeProvider time, ILogger log)
{
    /// <summary>Events held, those that wait to be given back included, for each place in hand.</summary>
    private const int HeldFactor = 4;

    private const int MostAtOnce = 64;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Less than this is left of the lock of a message that lay in the client: it is renewed before the message is handed over.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _held = new(HeldFactor * connection.Options.MaxInFlight, HeldFactor * connection.Options.MaxInFlight);
    private readonly RunningTasks _running = new();

    /// <summary>Returns when it is told to stop and nothing is in hand any more.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken late)
    {
        var receiver = connection.CreateReceiver(prefetch: Math.Min(connection.Options.Prefetch, connection.Options.MaxInFlight));
        while (!stopping.IsCancellationRequested)
        {
            var places = 0;
            try
            {
                places = await PlacesAsync(stopping).ConfigureAwait(false);
                var messages = await receiver.ReceiveMessagesAsync(places, Look, late).ConfigureAwait(false);
                outage.Over();
                foreach (var message in messages)
                {
                    places--;
                    _running.Add(stopping.IsCancellationRequested ? ReturnAsync(receiver, message, late) : HandAsync(receiver, message));
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // What is in hand is waited for below.
            }
            catch (Exception fault)
            {
                await outage.WaitAsync(fault, stopping).ConfigureAwait(false);
            }
            finally
            {
                Leave(places);
            }
        }

        await _running.WhenDoneAsync().ConfigureAwait(false);
        await connection.CloseAsync(receiver).ConfigureAwait(false);
    }

    /// <summary>Takes places for at least one event, and for more if they are free.</summary>
    private async Task<int> PlacesAsync(CancellationToken stopping)
    {
        await _held.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            await handOver.WaitForRoomAsync().ConfigureAwait(false);
        }
        catch
        {
            _held.Release();
            throw;
        }

        var places = 1;
        while (places < MostAtOnce && _held.Wait(0, CancellationToken.None))
        {
            if (!handOver.TakesRoom())
            {
                _held.Release();
                break;
            }

            places++;
        }

        return places;
    }

    private void Leave(int places)
    {
        for (; places > 0; places--)
        {
            handOver.LeaveRoom();
            _held.Release();
        }
    }

    private async Task HandAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        try
        {
            if (!await IsFreshAsync(receiver, message).ConfigureAwait(false))
            {
                handOver.LeaveRoom();
                return;
            }

            await using var renewal = new LockRenewal(
                $"message {message.MessageId}", message.LockedUntil, token => RenewAsync(receiver, message, token), connection.Options.MaxLockRenewal, time, log);
            var delivery = new BusDelivery(receiver, message, time);
            await handOver.RunAsync(delivery).ConfigureAwait(false);
            if (delivery.Settlement != Settlement.Settled)
            {
                await handOver.GiveBackAsync(receiver, [delivery], renewal).ConfigureAwait(false);
            }
        }
        finally
        {
            _held.Release();
        }
    }

    /// <summary>It came on the way out: nobody has seen it.</summary>
    private async Task ReturnAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, CancellationToken late)
    {
        handOver.LeaveRoom();
        _held.Release();
        try
        {
            await receiver.AbandonMessageAsync(message, cancellationToken: late).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotReturned(log, fault, message.MessageId);
        }
    }

    /// <summary>Without prefetch a message comes when there is room, so its lock is new. One that waited in the client may have lost it.</summary>
    private async Task<bool> IsFreshAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        if (connection.Options.Prefetch == 0 || message.LockedUntil - time.GetUtcNow() > Fresh)
        {
            return true;
        }

        try
        {
            await receiver.RenewMessageLockAsync(message, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault)
        {
            NotFresh(log, fault, message.MessageId);
            return false;
        }
    }

    private static async Task<DateTimeOffset> RenewAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        await receiver.RenewMessageLockAsync(message, cancellationToken).ConfigureAwait(false);
        return message.LockedUntil;
    }
}
