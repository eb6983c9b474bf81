using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Health;
using Flatfile.Agent.Host.Telemetry;
using Flatfile.Agent.Host.Telemetry.Metrics;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>What lets people and programs see how the agent is: pages, metrics, health, telemetry. Only where the host serves, not beside a short command.</summary>
internal static class SeeingWiring
{
    public static void AddSeeing(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.AddDashboard(configuration, dataFolder);
        services.AddHangfirePages();
        services.AddSingleton<MetricStore>();
        services.AddHostedService(s => s.GetRequiredService<MetricStore>());
        services.AddSingleton<MetricsEndpoint>();
        services.AddSingleton<HealthEndpoints>();
        services.Configure<TelemetryOptions>(configuration.GetSection(TelemetryOptions.Section));
        services.AddSingleton<ISettingsFaults, TelemetrySettings>();
        services.AddHostedService<OtlpExport>();
    }

    /// <summary>First of all.</summary>
    public static IApplicationBuilder UseSeeingFirst(this IApplicationBuilder app, bool isSeen) => isSeen ? app.UseProxies() : app;

    /// <summary>Between routing and the endpoints.</summary>
    public static IApplicationBuilder UseSeeing(this IApplicationBuilder app, bool isSeen) => isSeen ? app.UseDashboardGate() : app;

    public static void MapSeeing(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapDashboard();
        endpoints.MapHangfirePages();
        endpoints.ServiceProvider.GetRequiredService<MetricsEndpoint>().Map(endpoints);
        endpoints.ServiceProvider.GetRequiredService<HealthEndpoints>().Map(endpoints);
    }
}
