using Contracts.Services;

namespace History.Tests.Runs;

/// <summary>The broker and the database server that all histories share; each history takes names of its own there.</summary>
public sealed class Surroundings : IAsyncLifetime
{
    /// <summary>Why no history can be made here, or null.</summary>
    public static string? Missing => RabbitMqBroker.Missing ?? PostgresCluster.Missing;

    public RabbitMqBroker Broker { get; private set; } = null!;

    public PostgresCluster Postgres { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            Broker = await RabbitMqBroker.StartAsync();
            Postgres = await PostgresCluster.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Missing is null)
        {
            await Postgres.DisposeAsync();
            await Broker.DisposeAsync();
        }
    }
}
