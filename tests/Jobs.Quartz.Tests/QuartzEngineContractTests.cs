using Contracts.Jobs;

namespace Jobs.Quartz.Tests;

public sealed class QuartzEngineContractTests : JobEngineContract
{
    protected override Task<JobEngineHarness> CreateHarnessAsync() => Task.FromResult<JobEngineHarness>(new QuartzHarness());
}
