using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz;
using Flatfile.Agent.Store.PostgreSql;
#if WITH_HANGFIRE
using Flatfile.Agent.Jobs.Hangfire;
#endif
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks;

/// <summary>The engines and stores of this build.</summary>
internal static class EngineServices
{
    /// <summary>Those that are measured on PostgreSQL.</summary>
#if WITH_HANGFIRE
    public static readonly string[] OnPostgres = ["Quartz", "Hangfire"];
#else
    public static readonly string[] OnPostgres = ["Quartz"];
#endif

    /// <summary>Adds the store the options name, and every engine.</summary>
    public static void Add(IServiceCollection services, AgentOptions chosen)
    {
        services.AddPostgresStore(new ConfigurationBuilder().AddInMemoryCollection([new("Agent:Store:Kind", chosen.Store.Kind)]).Build());
        services.AddQuartzEngine();
#if WITH_HANGFIRE
        services.AddHangfireEngine();
#endif
    }
}
