using Contracts.Drivers;
using Contracts.Services;
using Flatfile.Agent.Drivers.RabbitMq;

namespace Drivers.RabbitMq.Tests;

[Collection(RabbitMqCollection.Name)]
[NeedsRabbitMq]
public sealed class ConsistentHashDriverContractTests(RabbitMqFixture fixture) : EventDriverContract
{
    protected override Task<EventDriverHarness> CreateHarnessAsync() =>
        Task.FromResult<EventDriverHarness>(new RabbitMqHarness(fixture.Broker) { Exchange = PartitionExchange.ConsistentHash });
}
