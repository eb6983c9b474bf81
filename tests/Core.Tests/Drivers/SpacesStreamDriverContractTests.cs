using Contracts.Drivers;

namespace Core.Tests.Drivers;

public sealed class SpacesStreamDriverContractTests : EventDriverContract
{
    protected override async Task<EventDriverHarness> CreateHarnessAsync() => new SpacesStreamHarness(await SpacesServer.StartAsync());
}
