namespace Contracts.Services;

/// <summary>One broker for all tests of a collection. Without an installed server it starts none: its tests are skipped by their attributes.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private RabbitMqBroker? _broker;

    public RabbitMqBroker Broker => _broker ?? throw new InvalidOperationException(RabbitMqBroker.Missing);

    public async Task InitializeAsync() => _broker = RabbitMqBroker.Missing is null ? await RabbitMqBroker.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }
}
