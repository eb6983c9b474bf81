using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Looks for faults in the settings of the pages and of the proxies before them.</summary>
internal sealed class DashboardSettings(IOptions<DashboardAccessOptions> pages, IOptions<ProxyOptions> proxy, IOptions<AgentOptions> agent) : ISettingsFaults
{
    public IEnumerable<string> FaultsInSettings()
    {
        if (pages.Value.ReaderKey is { Length: < DashboardKeys.Shortest } key)
        {
            yield return $"{DashboardAccessOptions.Section}:ReaderKey has {key.Length} characters and could be guessed. Set it to {DashboardKeys.Shortest} or more, or leave it out: then only the operator's key opens the pages.";
        }

        if (pages.Value.SignInFor < TimeSpan.FromMinutes(1))
        {
            yield return $"{DashboardAccessOptions.Section}:SignInFor is {pages.Value.SignInFor}. Set it to a minute or more, such as 08:00:00.";
        }

        foreach (var network in proxy.Value.Networks.Where(n => ProxyOptions.TryRead(n) is null))
        {
            yield return $"{ProxyOptions.Section}:Networks holds '{network}', which is neither an address nor a network. Write such as 10.1.2.3 or 10.1.0.0/16.";
        }

        foreach (var network in proxy.Value.Read().Where(n => n.PrefixLength == 0))
        {
            yield return $"{ProxyOptions.Section}:Networks holds '{network}', which is everybody: any sender could then say who it is. Name the proxies' own addresses.";
        }

        if (proxy.Value.IdentityHeader is { } header)
        {
            if (proxy.Value.Networks.Count == 0)
            {
                yield return $"{ProxyOptions.Section}:IdentityHeader is set, but no proxy is named whose word counts. Set {ProxyOptions.Section}:Networks to the proxies' addresses.";
            }

            if (!IsToken(header))
            {
                yield return $"{ProxyOptions.Section}:IdentityHeader is '{header}', which is no name of a header. Write such as X-Forwarded-User.";
            }
        }

        if (agent.Value.PathBase is { Length: > 0 } path && !IsPath(path))
        {
            yield return $"{AgentOptions.Section}:PathBase is '{path}'. Write it as /name, with a slash before and none behind.";
        }
    }

    private static bool IsToken(string name)
    {
        using var message = new HttpRequestMessage();
        return name.Length > 0 && message.Headers.TryAddWithoutValidation(name, "x");
    }

    private static bool IsPath(string path) =>
        path.StartsWith('/') && !path.EndsWith('/') && !path.Contains("//", StringComparison.Ordinal) && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.');
}
