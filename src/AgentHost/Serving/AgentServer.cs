using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Wiring;
using Flatfile.Spaces;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Serving;

/// <summary>Spaces and the agent in this process, or the agent alone when the configuration names a Flatfile elsewhere.</summary>
internal sealed class AgentServer : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DataFolder _folder;

    private AgentServer(IHost host, DataFolder folder, string url, bool ownSpaces)
    {
        _host = host;
        _folder = folder;
        Url = url;
        OwnSpaces = ownSpaces;
    }

    /// <summary>Where Flatfile answers.</summary>
    public string Url { get; }

    /// <summary>False when <see cref="Url"/> is somebody else's server.</summary>
    public bool OwnSpaces { get; }

    public string Folder => _folder.Path;

    public ISpacesAccess Access => _host.Services.GetRequiredService<ISpacesAccess>();

    public AgentOptions Options => _host.Services.GetRequiredService<IOptions<AgentOptions>>().Value;

    public HandlerCatalog Catalog => _host.Services.GetRequiredService<HandlerCatalogSource>().Current;

    /// <summary>Serves where the configuration says: beside Spaces of its own, or against the Flatfile it names.</summary>
    public static async Task<AgentServer> StartAsync(HostSettings settings, int port, CancellationToken cancellationToken)
    {
        var elsewhere = SettingsWiring.FlatfileElsewhere(settings.Configuration, port);
        if (elsewhere is not null)
        {
            var agent = BuildAgent(settings);
            return await StartAsync(agent, DataFolder.Take(settings.DataFolder), elsewhere, ownSpaces: false, port, cancellationToken);
        }

        LoopbackPort.RefuseWhenTaken(port);
        var both = BuildBoth(settings, port);
        return await StartAsync(both, DataFolder.Take(settings.DataFolder), UrlOf(port), ownSpaces: true, port, cancellationToken);
    }

    /// <summary>Serves a folder already taken, beside Spaces of its own, whatever else the configuration names.</summary>
    public static Task<AgentServer> StartOwnAsync(HostSettings settings, DataFolder folder, int port, CancellationToken cancellationToken) =>
        StartAsync(BuildBoth(settings, port), folder, UrlOf(port), ownSpaces: true, port, cancellationToken);

    /// <summary>Serves until the token fires; then stops cleanly.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = _host.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var asked = stop.Register(() => ended.TrySetResult());
        await using var broken = lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
        finally
        {
            _folder.Dispose();
        }
    }

    private static string UrlOf(int port) => $"http://localhost:{port}";

    private static async Task<AgentServer> StartAsync(
        IHost host, DataFolder folder, string url, bool ownSpaces, int port, CancellationToken cancellationToken)
    {
        var server = new AgentServer(host, folder, url, ownSpaces);
        try
        {
            await host.StartAsync(cancellationToken);
            if (ownSpaces)
            {
                folder.WriteAddress(url);
            }

            return server;
        }
        catch (Exception fault)
        {
            await server.DisposeAsync();
            throw fault switch
            {
                AddressInUseException or IOException { InnerException: AddressInUseException } => LoopbackPort.Taken(port, fault),
                SpacesStartException start => new UserFault(start.Message, "", "", inner: start),
                _ => fault,
            };
        }
    }

    /// <summary>The order is a promise: Spaces opens its folder, answers, and then the agent works; they stop the other way round.</summary>
    private static IHost BuildBoth(HostSettings settings, int port) => Checked(new HostBuilder()
        .UseContentRoot(AppContext.BaseDirectory)
        .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(settings.Configuration))
        .ConfigureLogging(logging => logging.AddQuietLog(settings))
        .ConfigureServices(services => services.AddRouting().AddOwnSpaces(settings.Configuration, settings.DataFolder, UrlOf(port)))
        .ConfigureWebHost(web => web
            .UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.ListenLocalhost(port);
            })
            .Configure(app => app.UseRouting().UseEndpoints(endpoints =>
            {
                endpoints.MapSpaces();
                endpoints.MapWelcome();
            })))
        .ConfigureServices(services => services.AddOwnAgent(settings.Configuration, settings.DataFolder, ownSpaces: true))
        .ConfigureServices(services => services.AddSingleton<IHostLifetime, NoLifetime>())
        .Build());

    private static IHost BuildAgent(HostSettings settings) => Checked(new HostBuilder()
        .UseContentRoot(AppContext.BaseDirectory)
        .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(settings.Configuration))
        .ConfigureLogging(logging => logging.AddQuietLog(settings))
        .ConfigureServices(services => services.AddOwnAgent(settings.Configuration, settings.DataFolder, ownSpaces: false))
        .ConfigureServices(services => services.AddSingleton<IHostLifetime, NoLifetime>())
        .Build());

    private static IHost Checked(IHost host)
    {
        host.Services.CheckAgent();
        return host;
    }
}
