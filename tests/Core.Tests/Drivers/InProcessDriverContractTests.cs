using Contracts.Drivers;

namespace Core.Tests.Drivers;

public sealed class InProcessDriverContractTests : EventDriverContract
{
    protected override Task<EventDriverHarness> CreateHarnessAsync() => Task.FromResult<EventDriverHarness>(new InProcessHarness());
}
