using Contracts.Drivers;
using Drivers.AzureServiceBus.Tests.Support;

namespace Drivers.AzureServiceBus.Tests.Live;

/// <summary>The driver on a queue without sessions.</summary>
[Collection(nameof(LiveBus))]
public sealed class PlainQueueContractTests : EventDriverContract
{
    protected override async Task<EventDriverHarness> CreateHarnessAsync() => await ServiceBusHarness.QueueAsync(sessions: false);
}
