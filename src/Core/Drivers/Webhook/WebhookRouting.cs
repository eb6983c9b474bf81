using Flatfile.Agent.Core.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Lays the endpoint of the Webhook driver into a server.</summary>
public static class WebhookRouting
{
    /// <summary>Maps the endpoint when the agent's driver, or the source of its bridge, is Webhook; otherwise nothing.</summary>
    public static IEndpointRouteBuilder MapAgentWebhook(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var agent = endpoints.ServiceProvider.GetRequiredService<IOptions<AgentOptions>>().Value;
        if (agent.Receives(WebhookDriver.DriverName))
        {
            endpoints.MapPost(agent.Webhook.Path, endpoints.ServiceProvider.GetRequiredService<WebhookEndpoint>().HandleAsync);
        }

        return endpoints;
    }
}
