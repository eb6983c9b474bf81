using Hangfire;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Jobs.Hangfire.Dashboard;

/// <summary>Hangfire's dashboard, with the names people know.</summary>
public static class HangfireDashboard
{
    private const string RecurringPages = "/recurring";

    /// <summary>
    /// Maps it when Hangfire is the engine; otherwise nothing. It asks nobody for a credential itself: the caller puts its own gate before what
    /// is returned.
    /// </summary>
    /// <param name="endpoints">The host's.</param>
    /// <param name="pattern">Where, such as <c>/hangfire</c>.</param>
    /// <param name="mayChange">Whether who asks may start recurring work; nothing else can be changed there.</param>
    /// <returns>What was mapped, to be closed; null when nothing was.</returns>
    public static IEndpointConventionBuilder? MapTicketDashboard(this IEndpointRouteBuilder endpoints, string pattern, Func<HttpContext, bool> mayChange)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(mayChange);
        var services = endpoints.ServiceProvider;
        if (services.GetService<HangfireInUse>() is not { Is: true })
        {
            return null;
        }

        ProgressSection.Use();
        var store = services.GetRequiredService<HangfireStore>();
        var options = OptionsFor(mayChange);
        var pipeline = endpoints.CreateApplicationBuilder().UsePathBase(pattern);
        pipeline.Run(async http =>
        {
            var storage = await Task.Run(store.Open, http.RequestAborted).ConfigureAwait(false);
            await new AspNetCoreDashboardMiddleware(_ => Task.CompletedTask, storage, options, DashboardRoutes.Routes, finalizeWhenNotFound: true)
                .Invoke(http).ConfigureAwait(false);
        });
        return endpoints.Map(pattern + "/{**path}", pipeline.Build());
    }

    private static DashboardOptions OptionsFor(Func<HttpContext, bool> mayChange) => new()
    {
        // The gate of the host stands before every page. Hangfire's own would let in whoever comes by a proxy on this machine.
        Authorization = [],
        AsyncAuthorization = [],
        AppPath = null!,
        DashboardTitle = "Flatfile.Agent jobs",
        DisplayStorageConnectionString = false,
        DisplayNameFunc = DisplayNames.Of,

        // A ticket that is put into another state here would be handed over again, as its own row says that it waits.
        IsReadOnlyFunc = context => !context.Request.Path.StartsWith(RecurringPages, StringComparison.OrdinalIgnoreCase) || !mayChange(context.GetHttpContext()),
        ServerPossiblyAbortedThreshold = TimeSpan.FromSeconds(20),
    };
}
