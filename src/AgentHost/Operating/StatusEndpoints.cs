using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>How the agent stands: what it runs on, what it has in hand, its plugins.</summary>
internal sealed class StatusEndpoints(AgentStatusSource source) : IOperatorEndpoints
{
    public void Map(IEndpointRouteBuilder group) => group.MapGet("/status", StatusAsync);

    private async Task StatusAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        var status = await source.TakeAsync(http.RequestAborted);
        var view = new StatusView(
            VersionAction.Version, status.Driver, status.Engine, status.Store, status.EventsInHand, status.RunningJobs, status.Unmatched, status.DeadLetters, status.ReplaysAsked,
            [.. status.Plugins.Select(p => new PluginView(p.Name, p.Version, p.State.ToString(), p.Reason, p.Handlers.Count))]);
        await http.Response.WriteAsJsonAsync(view, OperatorJson.Default.StatusView);
    }
}
