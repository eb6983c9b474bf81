using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>The very services that would be served with, never started; or what keeps them from being made.</summary>
internal sealed class PreparedHost : IDisposable
{
    private readonly IHost? _host;
    private readonly Exception? _fault;

    private PreparedHost(IHost? host, Exception? fault)
    {
        _host = host;
        _fault = fault;
    }

    /// <summary>False when not even the settings can be read.</summary>
    public bool IsMade => _host is not null;

    /// <exception cref="InvalidOperationException">They could not be made.</exception>
    public IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException(_fault!.Message, _fault);

    public static PreparedHost Of(HostSettings settings, int port)
    {
        try
        {
            return new PreparedHost(AgentServer.Prepare(settings, port, SettingsWiring.FlatfileElsewhere(settings.Configuration, port) is null), null);
        }
        catch (Exception fault)
        {
            return new PreparedHost(null, fault);
        }
    }

    public void Dispose() => _host?.Dispose();
}
