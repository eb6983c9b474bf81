using Contracts.Jobs;
using Contracts.Support;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Quartz.Tests.Support;

/// <summary>Quartz on a file.</summary>
internal sealed class SqliteHarness(string? folder = null) : JobEngineHarness
{
    public const string Argument = "sqlite";

    private readonly TestFolder? _own = folder is null ? new TestFolder() : null;

    public string Folder => folder ?? _own!.Path;

    public override bool IsShared => false;

    public override IReadOnlyList<string> ProgramArguments => [Argument, Folder];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _own?.Dispose();
    }

    protected override void Set(AgentOptions options) => options.DataFolder = Folder;

    protected override void AddTo(IServiceCollection services) => services.AddQuartzEngine();
}
