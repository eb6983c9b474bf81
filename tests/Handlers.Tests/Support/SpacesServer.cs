using Flatfile.Api;
using Flatfile.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>The real Spaces on a free port over a temporary folder.</summary>
internal sealed class SpacesServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private SpacesServer(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Client = new FlatfileClient(
            new FlatfileClientOptions { BaseAddress = new Uri(new Uri(app.Urls.First()), "v1"), Token = app.Services.GetRequiredService<ISpacesAccess>().DevelopmentKey });
    }

    public FlatfileClient Client { get; }

    /// <summary>A second client whose calls go through a handler first; it repeats none.</summary>
    public FlatfileClient ClientThrough(DelegatingHandler handler)
    {
        handler.InnerHandler = new SocketsHttpHandler();
        var token = _app.Services.GetRequiredService<ISpacesAccess>().DevelopmentKey;
        return new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(new Uri(_app.Urls.First()), "v1"), Token = token, MaxRetries = 0 }, handler);
    }

    /// <summary>The secret key of its environment.</summary>
    public string Key => _app.Services.GetRequiredService<ISpacesAccess>().DevelopmentKey;

    public string EnvironmentId => _app.Services.GetRequiredService<ISpacesAccess>().EnvironmentId;

    public static async Task<SpacesServer> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "handlers-" + Guid.NewGuid().ToString("N"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSpaces(options => options.DataFolder = folder);
        var app = builder.Build();
        app.MapSpaces();
        await app.StartAsync();
        return new SpacesServer(app, folder);
    }

    /// <summary>Every event so far, in order.</summary>
    public async Task<List<FlatfileEvent>> EventsAsync()
    {
        var log = _app.Services.GetRequiredService<ISpacesEventLog>();
        var (events, position) = (new List<FlatfileEvent>(), 0L);
        while (await log.ReadAfterAsync(position, 500, CancellationToken.None) is { Count: > 0 } some)
        {
            events.AddRange(some.Select(e => FlatfileEvent.Parse(e.Body)));
            position = some[^1].Position;
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
