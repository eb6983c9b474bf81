using Flatfile.Agent.Core.Startup;
#if WITH_AZURE_SERVICE_BUS
using Flatfile.Agent.Drivers.AzureServiceBus;
#endif
#if WITH_HANGFIRE
using Flatfile.Agent.Jobs.Hangfire;
#endif

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The adapters whose packages not every feed has: those this build has, and for the others how to get them.</summary>
internal static class AdaptersWiring
{
    public static void AddAdapters(this IServiceCollection services, IConfiguration configuration)
    {
#if WITH_AZURE_SERVICE_BUS
        services.AddAzureServiceBusDriver(configuration);
#else
        services.AddSingleton(new AbsentAdapter(AbsentAdapter.Driver, "AzureServiceBus", HowToGet("Azure.Messaging.ServiceBus and Azure.Identity", "WithAzureServiceBus")));
#endif
#if WITH_HANGFIRE
        services.AddHangfireEngine(configuration);
#else
        services.AddSingleton(new AbsentAdapter(AbsentAdapter.Engine, "Hangfire", HowToGet("Hangfire.Core, Hangfire.AspNetCore and Hangfire.PostgreSql", "WithHangfire")));
#endif
    }

#if !WITH_AZURE_SERVICE_BUS || !WITH_HANGFIRE
    private static string HowToGet(string packages, string property) =>
        $"When it was built, the package feed did not have {packages}. Run ./agent adapters where the feed has them, then start again; "
        + $"or build with -p:{property}=true, which says what is missing.";
#endif
}
