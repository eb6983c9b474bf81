using Contracts.Jobs;
using Contracts.Services;
using Jobs.Hangfire.Tests.Support;

namespace Jobs.Hangfire.Tests;

[Collection(PostgresCollection.Name)]
[NeedsPostgres]
public sealed class HangfireEngineContractTests(PostgresFixture fixture) : JobEngineContract
{
    protected override async Task<JobEngineHarness> CreateHarnessAsync() =>
        new HangfireHarness(fixture.Cluster.ConnectionString(await fixture.Cluster.CreateDatabaseAsync()));
}
