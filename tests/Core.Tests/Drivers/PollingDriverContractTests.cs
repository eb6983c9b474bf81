using Contracts.Drivers;

namespace Core.Tests.Drivers;

public sealed class PollingDriverContractTests : EventDriverContract
{
    protected override async Task<EventDriverHarness> CreateHarnessAsync() => new PollingHarness(await EventsServer.StartAsync());
}
