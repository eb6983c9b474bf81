using Contracts.Drivers;
using Contracts.Services;

namespace Drivers.RabbitMq.Tests;

[Collection(RabbitMqCollection.Name)]
[NeedsRabbitMq]
public sealed class RabbitMqDriverContractTests(RabbitMqFixture fixture) : EventDriverContract
{
    protected override Task<EventDriverHarness> CreateHarnessAsync() => Task.FromResult<EventDriverHarness>(new RabbitMqHarness(fixture.Broker));
}
