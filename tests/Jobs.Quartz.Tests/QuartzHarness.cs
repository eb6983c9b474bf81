using Contracts.Jobs;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jobs.Quartz.Tests;

/// <summary>Quartz on a file; killing an engine goes on with a copy of the file as it was at that moment.</summary>
internal sealed class QuartzHarness : JobEngineHarness
{
    private readonly List<IAsyncDisposable> _engines = [];
    private readonly List<TestFolder> _folders = [new()];

    public string Folder => _folders[^1].Path;

    public override Task<IJobEngine> CreateEngineAsync(IJobRunner runner)
    {
        var options = Options.Create(new AgentOptions { DataFolder = Folder, MaxConcurrentJobs = MaxConcurrentJobs });
        var engine = new QuartzJobEngine(runner, options, TimeProvider.System, NullLoggerFactory.Instance, NullLogger<QuartzJobEngine>.Instance);
        _engines.Add(engine);
        return Task.FromResult<IJobEngine>(engine);
    }

    public override Task KillAsync(IJobEngine engine)
    {
        _folders.Add(_folders[^1].Copy());
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _folders.ForEach(f => f.Dispose());
    }
}
