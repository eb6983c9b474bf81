using System.Globalization;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>The queue of events that were given up, by the agent or by the broker itself.</summary>
internal sealed class RabbitMqDeadLetters(RabbitMqLinks links, TimeProvider time) : IBusDeadLetters
{
    public string Name => RabbitMqDriver.DriverName;

    /// <summary>Returns when the broker has the message among the dead letters.</summary>
    public Task KeepAsync(string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string reason, int deliveryCount, CancellationToken cancellationToken)
    {
        var copy = Copy(properties);
        copy.Headers![MessageHeaders.DeadReason] = reason;
        copy.Headers[MessageHeaders.DeadCount] = deliveryCount;
        copy.Timestamp = new AmqpTimestamp(time.GetUtcNow().ToUnixTimeSeconds());
        return links.Publisher.PublishAsync([new OutgoingMessage(links.Topology.DeadExchange, routingKey, copy, body)], cancellationToken);
    }

    public async Task<IReadOnlyList<BusDeadLetter>> PeekAsync(int limit, CancellationToken cancellationToken)
    {
        var letters = new List<BusDeadLetter>();
        await LookThroughAsync(
            message =>
            {
                letters.Add(Read(message));
                return Task.FromResult(false);
            },
            limit, cancellationToken).ConfigureAwait(false);
        return letters;
    }

    public async Task<int> ResubmitAsync(IReadOnlyCollection<string> messageIds, CancellationToken cancellationToken)
    {
        var wanted = messageIds.ToHashSet(StringComparer.Ordinal);
        var moved = 0;
        await LookThroughAsync(
            async message =>
            {
                if (!wanted.Contains(IdOf(message)))
                {
                    return false;
                }

                await links.Publisher.PublishAsync([Back(message)], cancellationToken).ConfigureAwait(false);
                moved++;
                return true;
            },
            int.MaxValue, cancellationToken).ConfigureAwait(false);
        return moved;
    }

    /// <summary>Takes one after the other in hand, the oldest first; those that are not to be taken out go back to their places at the end.</summary>
    private async Task LookThroughAsync(Func<BasicGetResult, Task<bool>> takeOut, int limit, CancellationToken cancellationToken)
    {
        var connection = await links.Connection.GetAsync(cancellationToken).ConfigureAwait(false);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            var last = 0UL;
            for (var seen = 0; seen < limit && await channel.BasicGetAsync(links.Topology.DeadQueue, autoAck: false, cancellationToken).ConfigureAwait(false) is { } message; seen++)
            {
                if (await takeOut(message).ConfigureAwait(false))
                {
                    await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    last = message.DeliveryTag;
                }
            }

            if (last > 0)
            {
                await channel.BasicNackAsync(last, multiple: true, requeue: true, cancellationToken).ConfigureAwait(false);
            }

            await channel.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static BusDeadLetter Read(BasicGetResult message)
    {
        var headers = message.BasicProperties.Headers;
        var reason = MessageHeaders.Text(headers, MessageHeaders.DeadReason)
            ?? (MessageHeaders.Text(headers, MessageHeaders.FirstDeathReason) is { } why ? $"The broker gave it up: {why}." : "Nobody said why.");
        DateTimeOffset? at = MessageHeaders.Text(headers, MessageHeaders.DeadReason) is not null && message.BasicProperties.IsTimestampPresent()
            ? DateTimeOffset.FromUnixTimeSeconds(message.BasicProperties.Timestamp.UnixTime)
            : null;
        return new BusDeadLetter(IdOf(message), reason, MessageHeaders.Number(headers, MessageHeaders.DeadCount) ?? 0, at, message.Body.ToArray());
    }

    /// <summary>The message's own id; one without gets a name from what it holds, the same at every look.</summary>
    private static string IdOf(BasicGetResult message) => message.BasicProperties.MessageId
        ?? "sha256:" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(message.Body.Span)).ToLower(CultureInfo.InvariantCulture);

    /// <summary>A fresh message: without the headers of its death, by which the broker would count it as going in circles.</summary>
    private static BasicProperties Copy(IReadOnlyBasicProperties properties)
    {
        var copy = new BasicProperties(properties) { DeliveryMode = DeliveryModes.Persistent, Headers = new Dictionary<string, object?>() };
        copy.MessageId ??= Guid.NewGuid().ToString("N");
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>())
        {
            if (!name.StartsWith("x-", StringComparison.Ordinal) && name is not (MessageHeaders.DeadReason or MessageHeaders.DeadCount))
            {
                copy.Headers[name] = value;
            }
        }

        return copy;
    }

    private OutgoingMessage Back(BasicGetResult message)
    {
        var key = MessageHeaders.Text(message.BasicProperties.Headers, MessageHeaders.OrderingKey);
        return new OutgoingMessage(
            links.Topology.Exchange, key is null ? message.RoutingKey : links.Topology.RoutingKey(key), Copy(message.BasicProperties), message.Body.ToArray());
    }
}
