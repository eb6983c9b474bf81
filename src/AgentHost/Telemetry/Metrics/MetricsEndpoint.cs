using Flatfile.Agent.Host.Dashboard.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>The metrics, for programs of this machine, for who has a key of ours as <c>Authorization: Bearer</c>, and for visitors of the pages.</summary>
internal sealed class MetricsEndpoint(MetricStore metrics, DashboardKeys keys, IDashboardAccess access)
{
    private const string Scheme = "Bearer ";

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/metrics", WriteAsync);

    private async Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (!await MayReadAsync(http))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Bearer";
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("The metrics open to the operator's or a reader's key: send it as 'Authorization: Bearer KEY'.\n", http.RequestAborted);
            return;
        }

        http.Response.ContentType = MetricsText.ContentType;
        await http.Response.WriteAsync(metrics.Write(), http.RequestAborted);
    }

    private async Task<bool> MayReadAsync(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return Peer.IsProgramOfThisMachine(http)
            || (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && keys.RoleOf(authorization[Scheme.Length..].Trim()) is not null)
            || await access.WhoAsync(http) is not null;
    }
}
