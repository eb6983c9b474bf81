using Contracts.Drivers;

namespace Core.Tests.Drivers;

public sealed class WebhookDriverContractTests : EventDriverContract
{
    protected override async Task<EventDriverHarness> CreateHarnessAsync() => await WebhookHarness.StartAsync();
}
