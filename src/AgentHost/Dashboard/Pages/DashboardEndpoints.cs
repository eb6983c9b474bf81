using System.Globalization;
using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Orders;
using Flatfile.Agent.Host.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>The agent's own pages, below <see cref="Path"/>. All of them stand behind <see cref="DashboardGate"/>.</summary>
internal sealed class DashboardEndpoints(DashboardReader reader, LocalDesk letters, SignInEndpoints signIn, OrderEndpoints orders)
{
    public const string Path = "/agent";

    /// <summary>Nothing of elsewhere, no script or style but our own files, no frame, no form to elsewhere.</summary>
    public const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup(Path);
        group.MapGet("/", OverviewAsync);
        group.MapGet("/dead/{id:long}", LetterAsync);
        DashboardAssets.Map(group);
        signIn.Map(group);
        orders.Map(group);
    }

    private async Task OverviewAsync(HttpContext http)
    {
        var page = new PageFrame(http);
        var view = await reader.ReadAsync(DashboardQuery.Of(http.Request), http.RequestAborted);
        await page.WriteAsync(StatusCodes.Status200OK, "The agent", OverviewPage.Of(view, http.Request.Query["done"], page), isLive: true);
    }

    private async Task LetterAsync(HttpContext http)
    {
        var page = new PageFrame(http);
        var letter = await letters.ShowAsync(long.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture), http.RequestAborted);
        await page.WriteAsync(StatusCodes.Status200OK, $"Dead letter {letter.Id}", DeadLetterPage.Of(letter, page));
    }
}
