using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz;
using Flatfile.Api;
using Flatfile.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guides.Tests.Support;

/// <summary>Spaces and an agent with the handlers of one section, in this process, over a temporary folder.</summary>
internal sealed class GuideServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private GuideServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Address = new Uri(AddressOf(app.Services));
        Client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(Address, "v1"), Token = Key });
        Http = NewHttp(Key);
    }

    public Uri Address { get; }

    /// <summary>The typed client with the development key.</summary>
    public FlatfileClient Client { get; }

    /// <summary>Raw HTTP with the development key, relative to <c>/v1/</c>.</summary>
    public HttpClient Http { get; }

    public string Key => _app.Services.GetRequiredService<ISpacesAccess>().DevelopmentKey;

    public string EnvironmentId => _app.Services.GetRequiredService<ISpacesAccess>().EnvironmentId;

    /// <summary>A server; with a listener, an agent too.</summary>
    public static async Task<GuideServer> StartAsync(Action<FlatfileListener>? listen = null, Action<SpacesOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var folder = Path.Combine(Path.GetTempPath(), "guide-" + Guid.NewGuid().ToString("N"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSpaces(options =>
        {
            options.DataFolder = folder;
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);
        if (listen is not null)
        {
            AddAgent(builder.Services, Path.Combine(folder, "agent"), listen);
        }

        var app = builder.Build();
        app.MapSpaces();
        await app.StartAsync();
        return new GuideServer(app, folder);
    }

    /// <summary>A typed client with another token.</summary>
    public FlatfileClient ClientOf(string token) => new(new FlatfileClientOptions { BaseAddress = new Uri(Address, "v1"), Token = token, MaxRetries = 0 });

    /// <summary>Raw HTTP with another token.</summary>
    public HttpClient NewHttp(string token)
    {
        var http = new HttpClient { BaseAddress = new Uri(Address, "v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>One raw call; answers the whole body.</summary>
    public async Task<JsonNode> RawAsync(string method, string path, string? body = null, int status = 200, HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await (http ?? Http).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{method} {path} answered {(int)response.StatusCode}, not {status}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Topics of a space's events, oldest first.</summary>
    public async Task<List<string>> TopicsAsync(string spaceId)
    {
        var topics = new List<string>();
        await foreach (var one in Client.Events.ListAsync(spaceId))
        {
            topics.Add(one.Topic);
        }

        topics.Reverse();
        return topics;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void AddAgent(IServiceCollection services, string folder, Action<FlatfileListener> listen)
    {
        services.AddSingleton(new GuideHandlers(listen));
        services.AddSingleton<IEventFeed, SpacesFeed>();
        services.AddSingleton<IFlatfileEndpoint, OwnEndpoint>();
        services.AddAgent(options =>
        {
            options.DataFolder = folder;
            options.Driver = "InProcess";
            options.Engine = "Quartz";
            options.PluginFolders.Clear();
        });
        services.AddPlugins(plugins => plugins.BuiltIn.Add(("Guide", typeof(GuidePlugin).Assembly)));
        services.AddQuartzEngine();
    }

    private static string AddressOf(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private sealed class OwnEndpoint(IServiceProvider services, ISpacesAccess access) : IFlatfileEndpoint
    {
        // Handlers are tried out before the server listens; nothing is sent then.
        public Uri BaseAddress => new((services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.FirstOrDefault() ?? "http://127.0.0.1") + "/v1");

        public string Token => access.DevelopmentKey;
    }

    private sealed class SpacesFeed(ISpacesEventLog log) : IEventFeed
    {
        public async Task<IReadOnlyList<FeedEvent>> ReadAfterAsync(long position, int limit, CancellationToken cancellationToken) =>
            [.. (await log.ReadAfterAsync(position, limit, cancellationToken)).Select(one => new FeedEvent(one.Position, one.Body))];

        public Task WaitAsync(long position, CancellationToken cancellationToken) => log.WaitAsync(position, cancellationToken);
    }
}
