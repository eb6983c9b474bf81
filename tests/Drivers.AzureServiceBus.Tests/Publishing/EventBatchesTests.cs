using Azure.Messaging.ServiceBus;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus;
using Flatfile.Agent.Drivers.AzureServiceBus.Publishing;

namespace Drivers.AzureServiceBus.Tests.Publishing;

/// <summary>Events are laid into batches in their order; one that fits nowhere is a fault with words.</summary>
public sealed class EventBatchesTests
{
    private readonly List<List<ServiceBusMessage>> _stores = [];

    [Fact]
    public async Task AFullBatchIsFollowedByAnotherAndTheOrderStays()
    {
        var batches = new List<ServiceBusMessageBatch>();

        await EventBatches.PackAsync([.. Enumerable.Range(0, 7).Select(i => Event($"e{i}"))], true, Create(limit: 3), batches, CancellationToken.None);

        Assert.Equal([3, 3, 1], batches.Select(b => b.Count));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"e{i}"), _stores.SelectMany(s => s).Select(m => m.MessageId));
    }

    [Fact]
    public async Task NoEventsAreNoBatch()
    {
        var batches = new List<ServiceBusMessageBatch>();

        await EventBatches.PackAsync([], true, Create(limit: 3), batches, CancellationToken.None);

        Assert.Empty(batches);
    }

    [Fact]
    [Trait("Row", "E-19")]
    public async Task AnEventThatFillsMoreThanABatchIsNamed()
    {
        var fault = await Assert.ThrowsAsync<EventTooLargeException>(() =>
            EventBatches.PackAsync([Event("small"), Event("large", 300_000)], true, Create(limit: 1, bytes: 262_144), [], CancellationToken.None));

        Assert.Contains("Event large (job:ready) has 300,000 bytes, and the bus takes messages of at most 262,144 bytes", fault.Message);
    }

    [Fact]
    public void AMessageCarriesSessionTopicAndTrace()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        var message = BusMessage.Of(Event("e") with { TraceParent = Trace }, sessions: true);

        Assert.Equal(("e", "us_sp_1", "application/json"), (message.MessageId, message.SessionId, message.ContentType));
        Assert.Equal("job:ready", message.ApplicationProperties["topic"]);
        Assert.Equal((Trace, Trace), (message.ApplicationProperties["traceparent"], message.ApplicationProperties["Diagnostic-Id"]));
        Assert.Null(BusMessage.Of(Event("e"), sessions: false).SessionId);
    }

    [Fact]
    public void KeysTheBusDoesNotTakeAreMadeToFitAndStayApart()
    {
        var (one, two) = (new string('k', 200) + "1", new string('k', 200) + "2");

        Assert.Equal("-", BusMessage.SessionOf(""));
        Assert.Equal(128, BusMessage.SessionOf(one).Length);
        Assert.NotEqual(BusMessage.SessionOf(one), BusMessage.SessionOf(two));
        Assert.Equal(new string('k', 128), BusMessage.SessionOf(new string('k', 128)));
    }

    private static OutgoingEvent Event(string id, int bytes = 10) => new() { Id = id, Topic = "job:ready", OrderingKey = "us_sp_1", Body = new byte[bytes] };

    /// <summary>Batches as the library makes them, with a limit of messages and of bytes.</summary>
    private Func<CancellationToken, ValueTask<ServiceBusMessageBatch>> Create(int limit, long bytes = 1000) => _ =>
    {
        var store = new List<ServiceBusMessage>();
        _stores.Add(store);
        return ValueTask.FromResult(ServiceBusModelFactory.ServiceBusMessageBatch(
            bytes, store, new CreateMessageBatchOptions { MaxSizeInBytes = bytes }, m => store.Count < limit && m.Body.ToMemory().Length < bytes));
    };
}
