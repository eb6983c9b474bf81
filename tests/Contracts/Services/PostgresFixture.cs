namespace Contracts.Services;

/// <summary>One server for all tests of a collection. Without PostgreSQL's programs it starts none: its tests are skipped by their attributes.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresCluster? _cluster;

    public PostgresCluster Cluster => _cluster ?? throw new InvalidOperationException(PostgresCluster.Missing);

    public async Task InitializeAsync() => _cluster = PostgresCluster.Missing is null ? await PostgresCluster.StartAsync() : null;

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
