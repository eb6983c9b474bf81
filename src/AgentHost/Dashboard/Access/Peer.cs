using System.Net;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>The machine at the other end of the connection, as the system says it, whatever headers say.</summary>
/// <param name="Address">Null when the connection has none.</param>
/// <param name="SaysItIsForwarded">True when a header says that somebody stands behind that machine.</param>
internal sealed record Peer(IPAddress? Address, bool SaysItIsForwarded)
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"];

    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);

    /// <summary>Remembers the peer of a request. Before anything that believes headers.</summary>
    public static Task RememberAsync(HttpContext http, RequestDelegate next)
    {
        http.Features.Set(new Peer(Plain(http.Connection.RemoteIpAddress), ForwardingHeaders.Any(http.Request.Headers.ContainsKey)));
        return next(http);
    }

    public static Peer Of(HttpContext http) => http.Features.Get<Peer>() ?? throw new InvalidOperationException("The peer is asked for before it was remembered.");

    /// <summary>A program of this machine that speaks to it by its own name: no browser page of elsewhere, no proxy that says so.</summary>
    public static bool IsProgramOfThisMachine(HttpContext http) => Of(http) is { IsLoopback: true, SaysItIsForwarded: false } && IsOwnName(http.Request.Host.Host);

    private static bool IsOwnName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
