using Flatfile.Agent.Host.Dashboard.Access;
using Microsoft.AspNetCore.Routing;
#if WITH_HANGFIRE
using Flatfile.Agent.Jobs.Hangfire.Dashboard;
#endif

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Hangfire's dashboard, behind the same gate as the agent's pages. There is one only where Hangfire is compiled in and the chosen engine.</summary>
internal static class HangfireWiring
{
#if WITH_HANGFIRE
    private const string Path = "/hangfire";

    // Its pages bring their own styles and scripts, some of them within the page.
    private const string ContentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; form-action 'self'; base-uri 'none'";

    public static void AddHangfirePages(this IServiceCollection services) => services.AddDashboardPath(new DashboardPath(Path, ContentPolicy, "/stats"));

    public static void MapHangfirePages(this IEndpointRouteBuilder endpoints) => endpoints.MapTicketDashboard(Path, http => http.Visitor() is { MayAct: true });
#else
    public static void AddHangfirePages(this IServiceCollection services)
    {
    }

    public static void MapHangfirePages(this IEndpointRouteBuilder endpoints)
    {
    }
#endif
}
