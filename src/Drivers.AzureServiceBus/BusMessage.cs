using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>How an event lies in a message of the bus.</summary>
internal static class BusMessage
{
    /// <summary>The property that carries the topic, for subscription rules.</summary>
    public const string TopicProperty = "topic";

    /// <summary>The bus refuses longer ids.</summary>
    public const int LongestId = 128;

    private const string TraceProperty = "traceparent";

    // The name older libraries of the bus know the same value by.
    private const string OldTraceProperty = "Diagnostic-Id";
    private const string DeadAtProperty = "flatfile-dead-at";
    private const string GivenUpText = "Given up by the agent in delivery ";
    private const int LongestReason = 4096;

    public static ServiceBusMessage Of(OutgoingEvent @event, bool sessions)
    {
        var message = new ServiceBusMessage(@event.Body)
        {
            MessageId = Fitting(@event.Id),
            ContentType = "application/json",
        };
        message.ApplicationProperties[TopicProperty] = @event.Topic;
        if (sessions)
        {
            message.SessionId = SessionOf(@event.OrderingKey);
        }

        if (@event.TraceParent is { } trace)
        {
            message.ApplicationProperties[TraceProperty] = trace;
            message.ApplicationProperties[OldTraceProperty] = trace;
        }

        return message;
    }

    /// <summary>Events without a key are a session too: the bus takes no message without one.</summary>
    public static string SessionOf(string orderingKey) => orderingKey.Length == 0 ? "-" : Fitting(orderingKey);

    /// <summary>A body of another kind than bytes is no event: it is handed over empty, found unreadable and given up with that reason.</summary>
    public static ReadOnlyMemory<byte> BodyOf(ServiceBusReceivedMessage message)
    {
        try
        {
            return message.Body.ToMemory();
        }
        catch (NotSupportedException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    /// <summary>Not every bus sends the count along with a message that is only looked at.</summary>
    public static int CountOf(ServiceBusReceivedMessage message) => (int)(message.GetRawAmqpMessage().Header.DeliveryCount ?? 0);

    public static string? TraceParentOf(ServiceBusReceivedMessage message) =>
        message.ApplicationProperties.GetValueOrDefault(TraceProperty) as string ?? message.ApplicationProperties.GetValueOrDefault(OldTraceProperty) as string;

    public static string Shortened(string reason) => reason.Length <= LongestReason ? reason : reason[..(LongestReason - 1)] + "…";

    public static string GivenUp(int deliveryCount) => string.Create(CultureInfo.InvariantCulture, $"{GivenUpText}{deliveryCount}.");

    public static Dictionary<string, object> DeadAt(DateTimeOffset time) => new() { [DeadAtProperty] = time.ToString("O", CultureInfo.InvariantCulture) };

    public static BusDeadLetter Dead(ServiceBusReceivedMessage message) =>
        new(message.MessageId, ReasonOf(message.DeadLetterReason, message.DeadLetterErrorDescription), CountOf(message), DeadAtOf(message), BodyOf(message));

    /// <summary>Our own description only says who gave it up; the bus's says why.</summary>
    public static string ReasonOf(string? reason, string? description) => (reason, description) switch
    {
        ({ Length: > 0 }, { Length: > 0 } text) when !text.StartsWith(GivenUpText, StringComparison.Ordinal) => $"{reason}: {text}",
        ({ Length: > 0 }, _) => reason,
        (_, { Length: > 0 }) => description,
        _ => "No reason was given.",
    };

    /// <summary>The same message once more, as it was before it died.</summary>
    public static ServiceBusMessage Again(ServiceBusReceivedMessage dead)
    {
        var again = new ServiceBusMessage(dead);
        again.ApplicationProperties.Remove(DeadAtProperty);
        return again;
    }

    private static DateTimeOffset? DeadAtOf(ServiceBusReceivedMessage message) =>
        message.ApplicationProperties.GetValueOrDefault(DeadAtProperty) is string text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;

    /// <summary>What is too long keeps its beginning, for people, and its hash, for the bus.</summary>
    private static string Fitting(string id) =>
        id.Length <= LongestId ? id : id[..(LongestId - 65)] + "-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
