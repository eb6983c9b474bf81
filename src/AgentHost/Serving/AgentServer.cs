using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Drivers.Webhook;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Handles;
using Flatfile.Agent.Host.Operating;
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

    /// <summary>The file with the operator's key; null when the settings hold it.</summary>
    public string? OperatorKeyFile => _host.Services.GetRequiredService<OperatorKey>().File;

    public HandlerCatalog Catalog => _host.Services.GetRequiredService<HandlerCatalogSource>().Current;

    /// <summary>True when the agent went down by itself and should be started anew.</summary>
    public bool IsRestartAsked => _host.Services.GetRequiredService<AgentExit>().IsRestartAsked;

    /// <summary>Serves where the configuration says: beside Spaces of its own, or against the Flatfile it names.</summary>
    public static async Task<AgentServer> StartAsync(HostSettings settings, int port, CancellationToken cancellationToken)
    {
        var elsewhere = SettingsWiring.FlatfileElsewhere(settings.Configuration, port);
        LoopbackPort.RefuseWhenTaken(port);
        var host = Build(settings, port, ownSpaces: elsewhere is null, isSeen: true);
        return await StartAsync(host, DataFolder.Take(settings.DataFolder), elsewhere ?? UrlOf(port), ownSpaces: elsewhere is null, port, cancellationToken);
    }

    /// <summary>Serves a folder already taken, beside Spaces of its own, whatever else the configuration names.</summary>
    public static Task<AgentServer> StartOwnAsync(HostSettings settings, DataFolder folder, int port, CancellationToken cancellationToken) =>
        StartAsync(Build(settings, port, ownSpaces: true, isSeen: false), folder, UrlOf(port), ownSpaces: true, port, cancellationToken);

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
            host.Services.GetRequiredService<OperatorKey>().Load();
            DevelopmentKey.LayFromSettings(host.Services.GetRequiredService<IConfiguration>(), folder.Path);
            await host.StartAsync(cancellationToken);
            folder.WriteAddress(UrlOf(port), ownSpaces);
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

    private static IHost Build(HostSettings settings, int port, bool ownSpaces, bool isSeen) => Checked(Prepare(settings, port, ownSpaces, isSeen));

    /// <summary>Everything that is served with, not yet looked at and not started. The order is a promise: Spaces opens its folder, answers, and then the agent works; they stop the other way round.</summary>
    /// <param name="settings">Folder, configuration, log.</param>
    /// <param name="port">On this machine.</param>
    /// <param name="ownSpaces">True for Spaces in this process.</param>
    /// <param name="isSeen">True with pages, metrics and health; false beside a short command that nobody looks at.</param>
    public static IHost Prepare(HostSettings settings, int port, bool ownSpaces, bool isSeen = true) => Prepare(settings, port, ownSpaces, isSeen, new HandleBudget(HandleLimit.Read()));

    private static IHost Prepare(HostSettings settings, int port, bool ownSpaces, bool isSeen, HandleBudget budget) => new HostBuilder()
        .UseContentRoot(AppContext.BaseDirectory)
        .ConfigureAppConfiguration(configuration => configuration.AddConfiguration(settings.Configuration))
        .ConfigureLogging(logging => logging.AddQuietLog(settings))
        .ConfigureServices(services =>
        {
            services.AddRouting();
            services.AddBoundedConnections(budget);
            if (ownSpaces)
            {
                services.AddOwnSpaces(settings.Configuration, settings.DataFolder, UrlOf(port), budget);
            }
        })
        .ConfigureWebHost(web => web
            .UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.ListenAt(settings.Configuration, port);
            })
            .Configure(app => app.UseSeeingFirst(isSeen).UseRouting().UseOperatorGate().UseSeeing(isSeen).UseEndpoints(endpoints =>
            {
                if (ownSpaces)
                {
                    endpoints.MapSpaces();
                }

                endpoints.MapOperator();
                if (isSeen)
                {
                    endpoints.MapSeeing();
                }

                endpoints.MapAgentWebhook();
                endpoints.MapWelcome(ownSpaces);
            })))
        .ConfigureServices(services =>
        {
            services.AddOwnAgent(settings.Configuration, settings.DataFolder, ownSpaces);
            services.AddRunSuspect(settings);
        })
        .ConfigureServices(services =>
        {
            services.AddOperator(settings.Configuration, settings.DataFolder);
            if (isSeen)
            {
                services.AddSeeing(settings.Configuration, settings.DataFolder);
            }
        })
        .ConfigureServices(services => services.AddSingleton<IHostLifetime, NoLifetime>())
        .Build();

    private static IHost Checked(IHost host)
    {
        host.Services.CheckAgent();
        return host;
    }
}
