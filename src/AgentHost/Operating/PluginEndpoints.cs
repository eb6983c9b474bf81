using System.Text.Json;
using Flatfile.Agent.Core.Plugins.Swap;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The plugins with their versions; one goes back to the version before, or takes what lies in its folder.</summary>
internal sealed class PluginEndpoints(PluginSwaps swaps) : IOperatorEndpoints
{
    public void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/plugins", ListAsync);
        group.MapPost("/plugins/rollback", http => AlterAsync(http, swaps.RollbackAsync));
        group.MapPost("/plugins/reload", http => AlterAsync(http, swaps.ReloadAsync));
    }

    private Task ListAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        IReadOnlyList<PluginDetail> plugins = [.. swaps.List().Select(Detail)];
        return http.Response.WriteAsJsonAsync(plugins, OperatorJson.Default.IReadOnlyListPluginDetail, cancellationToken: http.RequestAborted);
    }

    private static async Task AlterAsync(HttpContext http, Func<string, CancellationToken, Task<PluginSwapResult>> alter)
    {
        OperatorCall.Know(http);
        var order = await OperatorCall.ReadAsync(http, OperatorJson.Default.PluginOrder);
        if (string.IsNullOrEmpty(order.Name))
        {
            throw OperatorFault.BadRequest("The member 'name' is missing.", "It says which plugin is meant.", "Send the plugin's name as GET plugins lists it.");
        }

        var result = await alter(order.Name, http.RequestAborted);
        if (result.Outcome is PluginSwapOutcome.NotFound or PluginSwapOutcome.Refused)
        {
            throw new OperatorFault(
                result.Outcome == PluginSwapOutcome.NotFound ? 404 : 409, result.Message, "", result.Outcome == PluginSwapOutcome.NotFound ? "" : "What ran before still runs.");
        }

        var answer = new PluginAnswer(JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()), result.Message);
        await http.Response.WriteAsJsonAsync(answer, OperatorJson.Default.PluginAnswer, cancellationToken: http.RequestAborted);
    }

    private static PluginDetail Detail(PluginReport report) => new(
        report.Status.Name, report.Status.Version, JsonNamingPolicy.CamelCase.ConvertName(report.Status.State.ToString()), report.Status.Reason, report.Status.Notice, report.Status.Warnings,
        report.Since, [.. report.Earlier.Select(v => v.ToString())], [.. report.Draining.Select(v => v.ToString())]);
}
