using System.Globalization;
using Flatfile.Agent.Host.Dashboard.Pages;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Signing in with a key, and out again.</summary>
internal sealed partial class SignInEndpoints(
    DashboardKeys keys, DashboardAccess access, SignInLimit limit, IEnumerable<DashboardPath> paths, IOptions<DashboardAccessOptions> options, TimeProvider time, ILogger<SignInEndpoints> log)
{
    public const string SignInPath = "/sign-in";
    public const string SignOutPath = "/sign-out";

    private const int LongestKey = 1000;

    public void Map(IEndpointRouteBuilder group)
    {
        group.MapPost(SignInPath, SignInAsync).WithMetadata(new OpenToAll());
        group.MapPost(SignOutPath, SignOutAsync).WithMetadata(new OpenToAll());
    }

    private async Task SignInAsync(HttpContext http)
    {
        if (!access.IsSafe(http))
        {
            throw new OperatorFault(
                403, "A key is not taken over plain http from another machine.", "It could be read on its way, and the sign-in stolen.",
                $"Come by https through a proxy named in {ProxyOptions.Section}:Networks, or from this machine (ssh -L). docs/dashboard.md says how.");
        }

        var address = http.Connection.RemoteIpAddress;
        if (limit.Wait(address) is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            throw new OperatorFault(429, "Too many wrong keys.", "Guessing is kept slow.", $"Wait {(int)Math.Ceiling(wait.TotalSeconds)} seconds.");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var key = form["key"].ToString().Trim();
        if (key.Length > LongestKey || keys.RoleOf(key) is not { } role)
        {
            limit.Wrong(address);
            Refused(log, address?.ToString());
            await SignInPage.WriteAsync(http, StatusCodes.Status401Unauthorized, "This key opens nothing here.");
            return;
        }

        await http.SignInAsync(DashboardAccess.Scheme, access.PrincipalOf(role), new AuthenticationProperties { ExpiresUtc = time.GetUtcNow() + options.Value.SignInFor });
        SignedIn(log, role, address?.ToString());
        Go(http, form["to"].ToString());
    }

    private async Task SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(DashboardAccess.Scheme);
        Go(http, null);
    }

    /// <summary>To a page of ours, and to nothing else.</summary>
    private void Go(HttpContext http, string? wanted)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = LocalTarget.Of(wanted, paths).In(http.Request.PathBase);
    }
}
