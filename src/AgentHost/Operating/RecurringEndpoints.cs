using System.Globalization;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Host.Recurring;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The agent's recurring work: list, last runs, run now, pause, resume.</summary>
internal sealed class RecurringEndpoints(IRecurringDesk desk) : IOperatorEndpoints
{
    private const int Page = 20;

    public void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/recurring", ListAsync);
        group.MapGet("/recurring/runs", RunsAsync);
        group.MapGet("/recurring/runs/{number:long}", RunAsync);
        group.MapPost("/recurring/run", RunNowAsync);
        group.MapPost("/recurring/pause", http => SetAsync(http, desk.PauseAsync, id => $"{id} is paused: no slot of it runs until it is resumed."));
        group.MapPost("/recurring/resume", http => SetAsync(http, desk.ResumeAsync, id => $"{id} goes on with its next slot."));
    }

    private async Task ListAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        IReadOnlyList<RecurringView> all = [.. (await desk.ListAsync(http.RequestAborted)).Select(RecurringView.Of)];
        await http.Response.WriteAsJsonAsync(all, OperatorJson.Default.IReadOnlyListRecurringView);
    }

    private async Task RunsAsync(HttpContext http)
    {
        OperatorCall.Know(http, "id", "limit");
        var id = OperatorCall.Text(http, "id") ?? throw Nameless("The parameter 'id' is missing.");
        var limit = (int)Math.Min(OperatorCall.Number(http, "limit") ?? Page, int.MaxValue);
        IReadOnlyList<RecurringRunView> runs = await KnownAsync(async () => (IReadOnlyList<RecurringRunView>)
            [.. (await desk.RunsAsync(id, limit, http.RequestAborted)).Select(RecurringRunView.Of)]);
        await http.Response.WriteAsJsonAsync(runs, OperatorJson.Default.IReadOnlyListRecurringRunView);
    }

    private async Task RunAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        var number = long.Parse((string)http.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        var run = await desk.FindAsync(number, http.RequestAborted)
            ?? throw new OperatorFault(404, $"There is no run {number}.", "Of each piece of work the last 100 runs are kept.", "GET recurring/runs lists them.");
        await http.Response.WriteAsJsonAsync(RecurringRunView.Of(run), OperatorJson.Default.RecurringRunView);
    }

    private async Task RunNowAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        var order = await ReadAsync(http);
        var number = await KnownAsync(() => desk.RunNowAsync(order.Id!, order.Arguments, http.RequestAborted));
        await http.Response.WriteAsJsonAsync(new RecurringAnswer($"{order.Id} runs as soon as it can: run {number}.", number), OperatorJson.Default.RecurringAnswer);
    }

    private static async Task SetAsync(HttpContext http, Func<string, CancellationToken, Task> set, Func<string, string> said)
    {
        OperatorCall.Know(http);
        var order = await ReadAsync(http);
        await KnownAsync(async () =>
        {
            await set(order.Id!, http.RequestAborted);
            return true;
        });
        await http.Response.WriteAsJsonAsync(new RecurringAnswer(said(order.Id!)), OperatorJson.Default.RecurringAnswer);
    }

    private static async Task<RecurringOrder> ReadAsync(HttpContext http)
    {
        var order = await OperatorCall.ReadAsync(http, OperatorJson.Default.RecurringOrder);
        return string.IsNullOrEmpty(order.Id) ? throw Nameless("The member 'id' is missing.") : order;
    }

    private static async Task<T> KnownAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (KeyNotFoundException fault)
        {
            throw new OperatorFault(404, fault.Message, "", "GET recurring lists what there is.", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new OperatorFault(409, fault.Message, "", "", fault);
        }
    }

    private static OperatorFault Nameless(string what) => OperatorFault.BadRequest(what, "It says which recurring work is meant.", "Send an id as GET recurring lists it.");
}
