using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Flatfile.Spaces.Auth;

/// <summary>How far the server can be reached: from this machine only, or from beyond.</summary>
internal sealed class Reach(IServer server)
{
    private bool? _beyond;

    /// <summary>True when any address the server is bound to is not a loopback one. Asked once the server listens.</summary>
    public bool BeyondLoopback => _beyond ??= server.Features.Get<IServerAddressesFeature>()?.Addresses.Any(address => !IsLoopback(address)) ?? false;

    /// <summary>Whether an address such as <c>http://127.0.0.1:5080</c> is loopback. Names other than <c>localhost</c> are not trusted.</summary>
    public static bool IsLoopback(string address)
    {
        if (address.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var host = Microsoft.AspNetCore.Http.BindingAddress.Parse(address).Host.Trim('[', ']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
