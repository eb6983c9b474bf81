using Contracts.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Quartz.Tests.Support;

/// <summary>Quartz as a cluster on PostgreSQL.</summary>
internal sealed class ClusterHarness(string connectionString) : JobEngineHarness
{
    public override bool IsShared => true;

    public override IReadOnlyList<string> ProgramArguments => ["cluster", connectionString];

    protected override void Set(AgentOptions options)
    {
        options.Store.Kind = "PostgreSql";
        options.Store.ConnectionString = connectionString;
    }

    protected override void AddTo(IServiceCollection services)
    {
        services.AddPostgresStore();
        services.AddQuartzEngine();
    }
}
