using System.Globalization;
using Flatfile.Agent.Host.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The agent's dead letters: list, one, replay, drop.</summary>
internal sealed class DeadEndpoints(LocalDesk desk) : IOperatorEndpoints
{
    private const int Page = 50;

    public void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/dead", ListAsync);
        group.MapGet("/dead/{id:long}", ShowAsync);
        group.MapPost("/dead/replay", ReplayAsync);
        group.MapPost("/dead/drop", DropAsync);
    }

    private async Task ListAsync(HttpContext http)
    {
        OperatorCall.Know(http, "handler", "topic", "space", "since", "until", "reason", "states", "limit", "before");
        var query = new LetterQuery
        {
            Handler = OperatorCall.Text(http, "handler"),
            Topic = OperatorCall.Text(http, "topic"),
            Space = OperatorCall.Text(http, "space"),
            Since = OperatorCall.Time(http, "since"),
            Until = OperatorCall.Time(http, "until"),
            Reason = OperatorCall.Text(http, "reason"),
            States = OperatorCall.Text(http, "states")?.Split(','),
        };
        var limit = (int)Math.Min(OperatorCall.Number(http, "limit") ?? Page, LocalDesk.MostListed);
        var page = await desk.ListAsync(query, limit, OperatorCall.Number(http, "before"), http.RequestAborted);
        await http.Response.WriteAsJsonAsync(page, OperatorJson.Default.LetterPage);
    }

    private async Task ShowAsync(HttpContext http)
    {
        var id = long.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        await http.Response.WriteAsJsonAsync(await desk.ShowAsync(id, http.RequestAborted), OperatorJson.Default.LetterDetail);
    }

    private async Task ReplayAsync(HttpContext http)
    {
        var order = await OperatorCall.ReadAsync(http, OperatorJson.Default.ReplayOrder);
        await http.Response.WriteAsJsonAsync(await desk.ReplayAsync(order, http.RequestAborted), OperatorJson.Default.ReplayAnswer);
    }

    private async Task DropAsync(HttpContext http)
    {
        var order = await OperatorCall.ReadAsync(http, OperatorJson.Default.DropOrder);
        await http.Response.WriteAsJsonAsync(await desk.DropAsync(order, http.RequestAborted), OperatorJson.Default.DropAnswer);
    }
}
