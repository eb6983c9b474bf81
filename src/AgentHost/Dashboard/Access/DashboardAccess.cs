using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>A visitor is who signed in with a key of ours, or whom a trusted proxy names.</summary>
internal sealed class DashboardAccess(DashboardKeys keys, IOptions<DashboardAccessOptions> options, IOptions<ProxyOptions> proxy) : IDashboardAccess
{
    /// <summary>The scheme of the cookie.</summary>
    public const string Scheme = "Flatfile.Agent.Dashboard";

    private const string Stamp = "stamp";
    private const int LongestName = 200;

    private readonly IReadOnlyList<System.Net.IPNetwork> _proxies = proxy.Value.Read();

    public async Task<Visitor?> WhoAsync(HttpContext http)
    {
        if (FromProxy(http) is { } vouchedFor)
        {
            return vouchedFor;
        }

        // A cookie that came over an open line is worth no more than one that was read there.
        return IsSafe(http) && await http.AuthenticateAsync(Scheme) is { Succeeded: true, Principal: { } principal } ? FromPrincipal(principal) : null;
    }

    public bool IsSafe(HttpContext http) => http.Request.IsHttps || Peer.Of(http).IsLoopback || options.Value.AllowHttp;

    /// <summary>What the cookie holds.</summary>
    public ClaimsPrincipal PrincipalOf(DashboardRole role) => Principal(
        role == DashboardRole.Operator ? "the operator" : "a reader", role, new Claim(Stamp, keys.Stamp(role)));

    /// <summary>The visitor as ASP.NET knows people; its tokens against forged requests are bound to it.</summary>
    public static ClaimsPrincipal PrincipalOf(Visitor visitor) => Principal(visitor.Name, visitor.Role);

    private static ClaimsPrincipal Principal(string name, DashboardRole role, params Claim[] more) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, name), new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToString()), .. more], Scheme));

    /// <summary>Null when the key it was made with is not in force any more.</summary>
    private Visitor? FromPrincipal(ClaimsPrincipal principal) =>
        Enum.TryParse<DashboardRole>(principal.FindFirstValue(ClaimTypes.Role), out var role) && principal.FindFirstValue(Stamp) == keys.Stamp(role)
            ? new Visitor(principal.Identity?.Name ?? role.ToString(), role, IsSignedIn: true)
            : null;

    private Visitor? FromProxy(HttpContext http)
    {
        if (proxy.Value.IdentityHeader is not { } header || Peer.Of(http).Address is not { } peer || !_proxies.Any(p => p.Contains(peer)))
        {
            return null;
        }

        // Two values: one of them is not the proxy's.
        return http.Request.Headers[header] is [{ Length: > 0 and <= LongestName } name] && !name.Contains(',', StringComparison.Ordinal)
            ? new Visitor(name, proxy.Value.Operators.Contains(name) ? DashboardRole.Operator : DashboardRole.Reader, IsSignedIn: false)
            : null;
    }
}
