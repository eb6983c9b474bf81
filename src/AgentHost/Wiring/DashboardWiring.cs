using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Orders;
using Flatfile.Agent.Host.Dashboard.Pages;
using Flatfile.Agent.Host.Dashboard.Recurring;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The agent's pages and the gate before every dashboard of the host.</summary>
internal static class DashboardWiring
{
    private const string KeysFolder = "dashboard-keys";

    public static void AddDashboard(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        services.Configure<DashboardAccessOptions>(configuration.GetSection(DashboardAccessOptions.Section));
        services.Configure<ProxyOptions>(configuration.GetSection(ProxyOptions.Section));
        services.AddSingleton<ISettingsFaults, DashboardSettings>();
        services.AddSingleton<DashboardKeys>();
        services.AddSingleton<DashboardAccess>();
        services.AddSingleton<IDashboardAccess>(s => s.GetRequiredService<DashboardAccess>());
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<SignInEndpoints>();
        services.AddSingleton<IRecurringView, DeskView>();
        services.AddSingleton<OrderEndpoints>();
        services.AddSingleton<DashboardReader>();
        services.AddSingleton<DashboardEndpoints>();
        services.AddDashboardPath(new DashboardPath(DashboardEndpoints.Path, DashboardEndpoints.ContentPolicy));
        services.AddCookies(dataFolder);
    }

    /// <summary>Puts a dashboard behind the gate: only visitors come in, only operators change things, and no page of elsewhere makes them.</summary>
    public static void AddDashboardPath(this IServiceCollection services, DashboardPath path) => services.AddSingleton(path);

    /// <summary>Between routing and the endpoints.</summary>
    public static IApplicationBuilder UseDashboardGate(this IApplicationBuilder app) => app.UseMiddleware<DashboardGate>();

    public static void MapDashboard(this IEndpointRouteBuilder endpoints) => endpoints.ServiceProvider.GetRequiredService<DashboardEndpoints>().Map(endpoints);

    private static void AddCookies(this IServiceCollection services, string dataFolder)
    {
        // The folder is made by whoever writes the first key; the data folder around it is its owner's alone.
        services.AddDataProtection().SetApplicationName("Flatfile.Agent").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, KeysFolder)));
        services.AddAntiforgery(forms =>
        {
            Harden(forms.Cookie, "flatfile-agent-form");
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthentication().AddCookie(DashboardAccess.Scheme, cookie =>
        {
            Harden(cookie.Cookie, "flatfile-agent");
            cookie.SlidingExpiration = false;
        });
    }

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Strict;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
