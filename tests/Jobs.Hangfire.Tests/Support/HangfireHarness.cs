using Contracts.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Hangfire;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Jobs.Hangfire.Tests.Support;

/// <summary>Hangfire on PostgreSQL. What it takes back after a crash it takes back soon.</summary>
internal sealed class HangfireHarness(string connectionString) : JobEngineHarness
{
    public static readonly HangfireTimes Times = new() { Invisibility = TimeSpan.FromSeconds(4), Lock = TimeSpan.FromSeconds(3) };

    public override bool IsShared => true;

    public override IReadOnlyList<string> ProgramArguments => [connectionString];

    protected override void Set(AgentOptions options)
    {
        options.Engine = "Hangfire";
        options.Store.Kind = "PostgreSql";
        options.Store.ConnectionString = connectionString;
    }

    protected override void AddTo(IServiceCollection services)
    {
        services.AddPostgresStore();
        services.AddSingleton(Times);
        services.AddHangfireEngine();
    }
}
