using Flatfile.Agent.Host.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The dead-letter queue that the bus of the driver in force keeps itself.</summary>
internal sealed class BusEndpoints(LocalDesk desk) : IOperatorEndpoints
{
    private const int Page = 50;

    public void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/bus/dead", PeekAsync);
        group.MapPost("/bus/dead/resubmit", ResubmitAsync);
    }

    private async Task PeekAsync(HttpContext http)
    {
        OperatorCall.Know(http, "limit");
        var limit = (int)Math.Min(OperatorCall.Number(http, "limit") ?? Page, int.MaxValue);
        await http.Response.WriteAsJsonAsync(await desk.PeekBusAsync(limit, http.RequestAborted), OperatorJson.Default.BusPage);
    }

    private async Task ResubmitAsync(HttpContext http)
    {
        var order = await OperatorCall.ReadAsync(http, OperatorJson.Default.BusOrder);
        await http.Response.WriteAsJsonAsync(await desk.ResubmitAsync(order, http.RequestAborted), OperatorJson.Default.BusAnswer);
    }
}
