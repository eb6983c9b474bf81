using Flatfile.Agent.Host.Dashboard.Pages;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>The one gate before all dashboards: who may look, who may change, that nobody sends a visitor's browser here with a change of his own, and what a page may do.</summary>
internal sealed partial class DashboardGate(
    RequestDelegate next, IEnumerable<DashboardPath> paths, IDashboardAccess access, IAntiforgery antiforgery, IOptions<DashboardAccessOptions> options, ILogger<DashboardGate> log)
{
    private const long MostBytes = 1024 * 1024;

    private readonly IReadOnlyList<DashboardPath> _paths = [.. paths];

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(OperatorGate.Path) || _paths.FirstOrDefault(p => http.Request.Path.StartsWithSegments(p.Path)) is not { } dashboard)
        {
            await next(http);
            return;
        }

        if (!options.Value.Enabled)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Harden(http, dashboard);
        try
        {
            await PassAsync(http, dashboard);
        }
        catch (OperatorFault fault)
        {
            await FaultPage.WriteAsync(http, fault);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (BadHttpRequestException fault)
        {
            await FaultPage.WriteAsync(http, new OperatorFault(fault.StatusCode, "The request could not be read.", "It is not a correct one, or too large.", "Go back and try again."));
        }
        catch (IOException fault)
        {
            Failed(log, fault, http.Request.Method, http.Request.Path);
            await FaultPage.WriteAsync(http, new OperatorFault(503, "The agent's store does not answer.", "It is away, or takes no writes now.", "Try again in a while; /health/ready says when it is back."));
        }
        catch (Exception fault)
        {
            Failed(log, fault, http.Request.Method, http.Request.Path);
            await FaultPage.WriteAsync(http, new OperatorFault(500, "The agent could not do this.", "This was not foreseen.", "Its log says more."));
        }
    }

    private async Task PassAsync(HttpContext http, DashboardPath dashboard)
    {
        var isOpen = http.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null;
        if (await access.WhoAsync(http) is { } visitor)
        {
            http.Features.Set(visitor);
            http.User = DashboardAccess.PrincipalOf(visitor);
        }
        else if (!isOpen)
        {
            await SignInPage.WriteAsync(http, StatusCodes.Status401Unauthorized, null);
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            await CheckChangeAsync(http, dashboard, isOpen);
        }

        if (http.GetEndpoint() is null && dashboard.Path == DashboardEndpoints.Path)
        {
            throw new OperatorFault(404, "There is no such page.", $"Nothing is at {http.Request.Method} {http.Request.Path}.", "Follow the links of the first page.");
        }

        await next(http);
    }

    private async Task CheckChangeAsync(HttpContext http, DashboardPath dashboard, bool isOpen)
    {
        if (!isOpen && dashboard.Changes(http.Request) && http.Visitor() is not { MayAct: true })
        {
            throw new OperatorFault(403, "You may look and change nothing.", $"You are here as {http.Visitor()?.Name}, a reader.", "Sign in with the operator's key.");
        }

        if (!await antiforgery.IsRequestValidAsync(http))
        {
            throw new OperatorFault(
                400, "This request does not come from a page of the agent.", "Its token is missing or of another sign-in, as when the page was open for long.", "Go back, load the page again, and repeat it.");
        }
    }

    private static void Harden(HttpContext http, DashboardPath dashboard)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = $"{dashboard.ContentPolicy}; frame-ancestors 'none'";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
