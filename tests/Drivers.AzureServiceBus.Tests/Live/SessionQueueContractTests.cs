using Contracts.Drivers;
using Drivers.AzureServiceBus.Tests.Support;

namespace Drivers.AzureServiceBus.Tests.Live;

/// <summary>The driver on a queue with sessions, several events of a session in hand.</summary>
[Collection(nameof(LiveBus))]
public sealed class SessionQueueContractTests : EventDriverContract
{
    protected override async Task<EventDriverHarness> CreateHarnessAsync() => await ServiceBusHarness.QueueAsync(sessions: true);
}
