using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Bridge;

/// <summary>Brings the outbox to the bus, in order and in batches. A batch leaves the outbox once the bus has confirmed all of it.</summary>
/// <remarks>After a crash between the two, a batch is published again under the same message ids; the inbox of whoever receives it drops the doubles.</remarks>
internal sealed partial class BridgePublishing(BridgeOutbox outbox, IEventPublisher publisher, IPayloads payloads, BridgeOptions settings, TimeProvider time, ILogger log)
{
    private const long MaxBatchBytes = 16L * 1024 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Goes on until the token fires, or the lease is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = new Pause(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), time);
        var isAway = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var added = outbox.NextAddition;
                var events = await outbox.ReadAsync(MaxBatchBytes, cancellationToken).ConfigureAwait(false);
                if (events.Count == 0)
                {
                    await added.WaitAsync(LookEvery, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }

                await publisher.PublishAsync(await WriteAsync(events, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                await outbox.RemoveAsync(events).ConfigureAwait(false);
                pause.Reset();
                if (isAway)
                {
                    isAway = false;
                    PublishedAgain(log, publisher.Name);
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not LeaseGoneException)
            {
                isAway = true;
                NotPublished(log, fault, publisher.Name);
                await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Large events stay behind: durable here before their claim travels.</summary>
    private async Task<IReadOnlyList<OutgoingEvent>> WriteAsync(IReadOnlyList<QueuedEvent> events, CancellationToken cancellationToken)
    {
        var messages = new List<OutgoingEvent>(events.Count);
        foreach (var next in events)
        {
            var body = next.Body;
            if (body.Length > settings.ClaimCheckBytes)
            {
                await payloads.PutAsync(next.Id, body, cancellationToken).ConfigureAwait(false);
                body = ClaimCheck.Write(body);
            }

            messages.Add(new OutgoingEvent { Id = next.Id, Topic = next.Topic, OrderingKey = next.OrderingKey, Body = body, TraceParent = next.TraceParent });
        }

        return messages;
    }
}
