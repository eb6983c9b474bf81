using Contracts.Jobs;
using Contracts.Services;
using Jobs.Quartz.Tests.Support;

namespace Jobs.Quartz.Tests;

[Collection(PostgresCollection.Name)]
[NeedsPostgres]
public sealed class ClusterEngineContractTests(PostgresFixture fixture) : JobEngineContract
{
    protected override async Task<JobEngineHarness> CreateHarnessAsync() =>
        new ClusterHarness(fixture.Cluster.ConnectionString(await fixture.Cluster.CreateDatabaseAsync()));
}
