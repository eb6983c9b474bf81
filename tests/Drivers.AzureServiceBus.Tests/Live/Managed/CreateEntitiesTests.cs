using Azure.Messaging.ServiceBus.Administration;
using Contracts.Drivers;
using Contracts.Support;
using Drivers.AzureServiceBus.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus;
using Microsoft.Extensions.DependencyInjection;

namespace Drivers.AzureServiceBus.Tests.Live.Managed;

/// <summary>Entities made by the driver itself, on a bus that answers events and management at one place.</summary>
[Collection(nameof(LiveBus))]
public sealed class CreateEntitiesTests
{
    private readonly string _name = $"flatfile-made-{Guid.NewGuid():N}";
    private readonly ServiceBusAdministrationClient _administration = new(LiveBus.ManagedConnectionString);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMissingQueueIsMadeOnceByTwoNodesAndTakesEvents(bool sessions)
    {
        try
        {
            await ReceivesAsync(("Queue", _name), ("Sessions", sessions.ToString()));
            var queue = (await _administration.GetQueueAsync(_name)).Value;
            Assert.Equal((sessions, 100, TimeSpan.FromMinutes(1), true), (queue.RequiresSession, queue.MaxDeliveryCount, queue.LockDuration, queue.DeadLetteringOnMessageExpiration));
        }
        finally
        {
            await _administration.DeleteQueueAsync(_name);
        }
    }

    [Fact]
    public async Task AMissingTopicAndItsSubscriptionAreMadeAndTakeEvents()
    {
        try
        {
            await ReceivesAsync(("Topic", _name), ("Subscription", "agent"), ("Sessions", "false"));
            var subscription = (await _administration.GetSubscriptionAsync(_name, "agent")).Value;
            Assert.Equal((false, 100, TimeSpan.FromMinutes(1)), (subscription.RequiresSession, subscription.MaxDeliveryCount, subscription.LockDuration));
        }
        finally
        {
            await _administration.DeleteTopicAsync(_name);
        }
    }

    /// <summary>Two nodes start where nothing is yet; an event put in comes to one of them, and the doctor finds nothing wrong.</summary>
    private static async Task ReceivesAsync(params (string Name, string Value)[] settings)
    {
        var received = new Arrivals<string>("events");
        (string, string)[] all = [("ConnectionString", LiveBus.ManagedConnectionString), ("CreateEntities", "true"), ("MaxBackoff", "00:00:00.100"), .. settings];
        await using var one = OptionsTests.Services(all);
        await using var two = OptionsTests.Services(all);
        await using var first = Run(one, received);
        await using var second = Run(two, received);
        var publisher = one.GetRequiredService<IEventPublisher>();
        var entities = one.GetRequiredService<BusEntities>();
        await entities.CreateAsync(CancellationToken.None);
        await publisher.PublishAsync([ServiceBusHarness.Outgoing("us_evt_1", "a")], CancellationToken.None);

        Assert.Equal("us_evt_1", (await received.WaitForAsync(1))[0]);
        Assert.DoesNotContain(await one.GetRequiredService<IDoctorCheck>().LookAsync(CancellationToken.None), f => f.Level == DoctorLevel.Bad);
        Assert.False(first.HasEnded || second.HasEnded);
    }

    private static RunningDriver Run(ServiceProvider services, Arrivals<string> received) => new(services.GetRequiredService<IEventDriver>(), (delivery, token) =>
    {
        received.Add(FlatfileEvent.Parse(delivery.Body).Id);
        return delivery.CompleteAsync(token);
    });
}
