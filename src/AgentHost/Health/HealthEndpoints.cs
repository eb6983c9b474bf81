using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Health;

/// <summary>For orchestrators, open to all: whether the process lives, has started, and can work. The answers hold no names and no addresses.</summary>
internal sealed class HealthEndpoints(AgentHealthSource health)
{
    public const string ReadyPath = "/health/ready";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/health/live", Methods, LiveAsync);
        endpoints.MapMethods("/health/startup", Methods, StartupAsync);
        endpoints.MapMethods(ReadyPath, Methods, ReadyAsync);
    }

    /// <summary>It answers: that is all. What is away is no reason to kill the process.</summary>
    private static Task LiveAsync(HttpContext http) => AnswerAsync(http, true, new HealthView("live", []));

    private async Task StartupAsync(HttpContext http)
    {
        var now = await health.TakeAsync();
        await AnswerAsync(http, now.IsStarted, now.IsStarted ? new HealthView("started", []) : new HealthView("starting", now.WhyNotReady));
    }

    private async Task ReadyAsync(HttpContext http)
    {
        var now = await health.TakeAsync();
        await AnswerAsync(http, now.IsReady, new HealthView(now.IsReady ? "ready" : "not ready", now.WhyNotReady));
    }

    private static Task AnswerAsync(HttpContext http, bool isWell, HealthView view)
    {
        http.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(view, OperatorJson.Default.HealthView, cancellationToken: http.RequestAborted);
    }
}
