using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.DeadLetters;

/// <summary>The dead-letter queue that the bus keeps beside the queue or subscription.</summary>
internal sealed partial class AzureServiceBusDeadLetters(BusConnection connection, ILogger<AzureServiceBusDeadLetters> log) : IBusDeadLetters
{
    private const int AtOnce = 50;

    /// <summary>Messages that are looked at and not wanted are held until the end, lest they come again: no more than so many bytes of them.</summary>
    private const long MostHeld = 64 * 1024 * 1024;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public string Name => AzureServiceBusDriver.DriverName;

    public async Task<IReadOnlyList<BusDeadLetter>> PeekAsync(int limit, CancellationToken cancellationToken)
    {
        await using var receiver = connection.CreateReceiver(SubQueue.DeadLetter);
        var found = new List<BusDeadLetter>();
        long from = 0;
        while (found.Count < limit)
        {
            var page = await receiver.PeekMessagesAsync(Math.Min(AtOnce, limit - found.Count), from, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            found.AddRange(page.Select(BusMessage.Dead));
            from = page[^1].SequenceNumber + 1;
        }

        return found;
    }

    public async Task<int> ResubmitAsync(IReadOnlyCollection<string> messageIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messageIds);
        var wanted = messageIds.ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return 0;
        }

        await RefuseWhereTheBusWouldDropThemAsync(cancellationToken).ConfigureAwait(false);
        var receiver = connection.CreateReceiver(SubQueue.DeadLetter);
        var held = new List<ServiceBusReceivedMessage>();
        var seen = new HashSet<long>();
        long bytes = 0;
        var moved = 0;
        try
        {
            while (wanted.Count > 0 && bytes < MostHeld)
            {
                var page = await receiver.ReceiveMessagesAsync(AtOnce, Look, cancellationToken).ConfigureAwait(false);
                if (page.Count == 0)
                {
                    break;
                }

                held.AddRange(page);
                if (page.All(m => !seen.Add(m.SequenceNumber)))
                {
                    // Only those come whose locks ended meanwhile: all there are have been looked at.
                    break;
                }

                foreach (var dead in page.Where(m => wanted.Contains(m.MessageId)))
                {
                    // First there, then gone here: a crash in between leaves two, and the inbox drops the second.
                    await connection.Sender.SendMessageAsync(BusMessage.Again(dead), cancellationToken).ConfigureAwait(false);
                    held.Remove(dead);
                    wanted.Remove(dead.MessageId);
                    moved++;
                    await receiver.CompleteMessageAsync(dead, CancellationToken.None).ConfigureAwait(false);
                }

                bytes += page.Sum(m => (long)BusMessage.BodyOf(m).Length);
            }

            if (wanted.Count > 0 && bytes >= MostHeld)
            {
                NotAllLookedAt(log, wanted.Count);
            }
        }
        finally
        {
            await GiveBackAsync(receiver, held).ConfigureAwait(false);
            await connection.CloseAsync(receiver).ConfigureAwait(false);
        }

        return moved;
    }

    /// <summary>A bus that drops doubles takes a message whose id it remembers and forgets it at once.</summary>
    private async Task RefuseWhereTheBusWouldDropThemAsync(CancellationToken cancellationToken)
    {
        var options = connection.Options;
        bool drops;
        try
        {
            var administration = connection.CreateAdministration();
            drops = options.UsesTopic
                ? (await administration.GetTopicAsync(options.Topic, cancellationToken).ConfigureAwait(false)).Value.RequiresDuplicateDetection
                : (await administration.GetQueueAsync(options.SendTo, cancellationToken).ConfigureAwait(false)).Value.RequiresDuplicateDetection;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            DuplicateDetectionUnknown(log, fault, options.SendTo);
            return;
        }

        if (drops)
        {
            throw new InvalidOperationException(
                $"Nothing was resubmitted: '{options.SendTo}' detects duplicates, so it would take these messages and drop those whose ids it still remembers. "
                + "Replay them from the agent's own dead letters instead, or wait until the window of the duplicate detection is over and make the entity anew without it.");
        }
    }

    private async Task GiveBackAsync(ServiceBusReceiver receiver, List<ServiceBusReceivedMessage> held)
    {
        foreach (var message in held)
        {
            try
            {
                await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // Its lock ends by itself.
                NotGivenBack(log, fault, message.MessageId);
            }
        }
    }
}
