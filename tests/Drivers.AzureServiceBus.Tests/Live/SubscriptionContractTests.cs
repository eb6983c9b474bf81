using Contracts.Drivers;
using Drivers.AzureServiceBus.Tests.Support;

namespace Drivers.AzureServiceBus.Tests.Live;

/// <summary>The driver on a topic's subscription.</summary>
[Collection(nameof(LiveBus))]
public sealed class SubscriptionContractTests : EventDriverContract
{
    protected override async Task<EventDriverHarness> CreateHarnessAsync() => await ServiceBusHarness.SubscriptionAsync();
}
