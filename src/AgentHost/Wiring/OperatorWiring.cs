using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The operator's endpoint. A new part is one more line of <see cref="AddOperator"/>.</summary>
internal static class OperatorWiring
{
    public static void AddOperator(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.AddSingleton(new OperatorKey(configuration, dataFolder));
        services.AddSingleton<LocalDesk>();
        services.AddSingleton<IOperatorEndpoints, StatusEndpoints>();
        services.AddSingleton<IOperatorEndpoints, DeadEndpoints>();
        services.AddSingleton<IOperatorEndpoints, BusEndpoints>();
        services.AddSingleton<IOperatorEndpoints, EventEndpoints>();
        services.AddSingleton<IOperatorEndpoints, PluginEndpoints>();
        services.AddSingleton<IOperatorEndpoints, RecurringEndpoints>();
    }

    /// <summary>Between routing and the endpoints.</summary>
    public static IApplicationBuilder UseOperatorGate(this IApplicationBuilder app) => app.UseMiddleware<OperatorGate>();

    public static void MapOperator(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(OperatorGate.Path).WithMetadata(new OperatorMark());
        foreach (var part in endpoints.ServiceProvider.GetServices<IOperatorEndpoints>())
        {
            part.Map(group);
        }
    }
}
