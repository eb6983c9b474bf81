using System.Threading.Channels;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Bridge;

/// <summary>Puts deliveries into the outbox in the order they came, many in one durable write, and settles each one after it.</summary>
/// <remarks>A write that fails is tried again and holds the later ones up: an event must not overtake the one before it.</remarks>
internal sealed partial class BridgeIntake(BridgeOutbox outbox, TimeProvider time, ILogger log)
{
    private const int MostAtOnce = 256;
    private const long MostBytesAtOnce = 16L * 1024 * 1024;

    /// <summary>Without a limit of its own: it holds what the driver has in hand, and that is limited.</summary>
    private readonly Channel<ReceivedEvent> _received = Channel.CreateUnbounded<ReceivedEvent>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Takes its place before it first awaits. Returns when the delivery is settled.</summary>
    public Task TakeAsync(EventDelivery delivery)
    {
        var received = Read(delivery);
        if (!_received.Writer.TryWrite(received))
        {
            received.IsNotStored();
        }

        return SettleAsync(delivery, received);
    }

    /// <summary>Goes on until the token fires; what is not stored by then goes back to its source.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<ReceivedEvent>();
        try
        {
            while (await _received.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var size = default(QueueSize);
                while (batch.Count < MostAtOnce && size.Bytes < MostBytesAtOnce && _received.Reader.TryPeek(out var next))
                {
                    if (batch.Count > 0 && !outbox.HasRoom(size + next.Size))
                    {
                        break;
                    }

                    if (batch.Count == 0)
                    {
                        await outbox.WaitForRoomAsync(next.Size, cancellationToken).ConfigureAwait(false);
                    }

                    _received.Reader.TryRead(out _);
                    batch.Add(next);
                    size += next.Size;
                }

                await StoreAsync(batch, cancellationToken).ConfigureAwait(false);
                batch.ForEach(r => r.IsStored());
                batch.Clear();
            }
        }
        finally
        {
            _received.Writer.TryComplete();
            batch.ForEach(r => r.IsNotStored());
            while (_received.Reader.TryRead(out var rest))
            {
                rest.IsNotStored();
            }
        }
    }

    private ReceivedEvent Read(EventDelivery delivery)
    {
        try
        {
            return new ReceivedEvent(QueuedEvent.Of(FlatfileEvent.Parse(delivery.Body), delivery.Body, delivery.TraceParent), null);
        }
        catch (UnreadableEventException fault)
        {
            Unreadable(log, fault.Message);
            return new ReceivedEvent(null, new DeadLetter(0, null, null, null, fault.Message, null, delivery.DeliveryCount, delivery.Body, time.GetUtcNow()));
        }
    }

    private async Task StoreAsync(List<ReceivedEvent> batch, CancellationToken cancellationToken)
    {
        var entry = new QueueEntry([.. batch.Select(r => r.Event).OfType<QueuedEvent>()]) { DeadLetters = [.. batch.Select(r => r.Letter).OfType<DeadLetter>()] };
        var pause = new Pause(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), time);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await outbox.AppendAsync(entry).ConfigureAwait(false);
                return;
            }
            catch (Exception fault) when (fault is not LeaseGoneException)
            {
                NotStored(log, fault, batch.Count);
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SettleAsync(EventDelivery delivery, ReceivedEvent received)
    {
        await received.Stored.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await (received.Stored.IsCanceled ? delivery.AbandonAsync(TimeSpan.Zero, CancellationToken.None)
                : received.Letter is { } letter ? delivery.DeadLetterAsync(letter.Reason, CancellationToken.None)
                : delivery.CompleteAsync(CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotSettled(log, fault);
        }
    }
}
