using Contracts.Jobs;
using Jobs.Quartz.Tests.Support;

namespace Jobs.Quartz.Tests;

public sealed class SqliteEngineContractTests : JobEngineContract
{
    protected override Task<JobEngineHarness> CreateHarnessAsync() => Task.FromResult<JobEngineHarness>(new SqliteHarness());
}
