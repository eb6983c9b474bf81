using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Pages;
using Flatfile.Agent.Host.Dashboard.Recurring;
using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Operating;
using Flatfile.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Dashboard.Orders;

/// <summary>What an operator can do from the page. Each order ends in the page again, or in a page that says why not.</summary>
internal sealed partial class OrderEndpoints(JobDesk jobs, LocalDesk letters, IEnumerable<IRecurringView> recurring, ILogger<OrderEndpoints> log)
{
    public void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/jobs/{id}/retry", RetryAsync);
        group.MapPost("/jobs/{id}/cancel", CancelAsync);
        group.MapPost("/jobs/{id}/requeue", RequeueAsync);
        group.MapPost("/dead/{id:long}/replay", ReplayAsync);
        group.MapPost("/recurring/run", RunNowAsync);
        group.MapPost("/recurring/pause", PauseAsync);
        group.MapPost("/recurring/resume", ResumeAsync);
    }

    private Task RetryAsync(HttpContext http) => JobAsync(http, "retry", "failed", jobs.RetryAsync);

    private Task CancelAsync(HttpContext http) =>
        JobAsync(http, "cancel", "running", (id, stop) => jobs.CancelAsync(id, "Cancelled by an operator of the agent.", stop));

    private Task RequeueAsync(HttpContext http) => JobAsync(http, "requeue", "waiting", jobs.RequeueAsync);

    private Task RunNowAsync(HttpContext http) => RecurringAsync(http, "run", (view, name) => view.RunNowAsync(name, http.RequestAborted));

    private Task PauseAsync(HttpContext http) => RecurringAsync(http, "pause", (view, name) => view.PauseAsync(name, http.RequestAborted));

    private Task ResumeAsync(HttpContext http) => RecurringAsync(http, "resume", (view, name) => view.ResumeAsync(name, http.RequestAborted));

    private async Task JobAsync(HttpContext http, string order, string section, Func<string, CancellationToken, Task<bool>> act)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        try
        {
            if (!await act(id, http.RequestAborted))
            {
                throw Gone("This job is not there any more, or stands elsewhere by now.");
            }
        }
        catch (FlatfileApiException fault)
        {
            throw new OperatorFault(
                fault.IsTransient ? 502 : 409, "Flatfile did not do it.", fault.Errors is [var said, ..] ? said.Message : fault.Message,
                fault.IsTransient ? "Try again in a while." : "Look at the job there; it may have moved on by itself.", fault);
        }

        Done(http, order, id, section);
    }

    private async Task ReplayAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        var answer = await letters.ReplayAsync(new ReplayOrder { Ids = [long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)] }, http.RequestAborted);
        if (answer.Asked == 0)
        {
            throw answer.Letters is [{ WhyNot: { } why }, ..]
                ? new OperatorFault(409, $"Dead letter {id} cannot be replayed now.", why, "")
                : Gone("This dead letter does not wait any more: its replay is asked for, or it was dropped.");
        }

        Done(http, "replay", id, "dead");
    }

    private async Task RecurringAsync(HttpContext http, string order, Func<IRecurringView, string, Task<bool>> act)
    {
        // Names hold slashes, which a path would take apart.
        var name = http.Request.Query["name"].ToString();
        try
        {
            if (recurring.FirstOrDefault() is not { } view || !await act(view, name))
            {
                throw Gone("There is no recurring work of this name.");
            }
        }
        catch (InvalidOperationException fault)
        {
            throw new OperatorFault(409, "This cannot be done now.", fault.Message, "", fault);
        }

        Done(http, order, name, "recurring");
    }

    private void Done(HttpContext http, string order, string about, string section)
    {
        Given(log, http.Visitor()!.Name, order, about);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{new PageFrame(http).Address($"?done={order}")}#{section}";
    }

    private static OperatorFault Gone(string why) => new(404, "There is nothing to do it with.", why, "Look at the page again.");
}
