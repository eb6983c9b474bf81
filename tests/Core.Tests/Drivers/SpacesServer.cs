using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Contracts.Support;
using Flatfile.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Drivers;

/// <summary>The real Spaces over a folder of its own, with a door that can be shut: connections break and new ones are refused.</summary>
internal sealed class SpacesServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<HttpContext, byte> _open = [];
    private readonly Action<SpacesOptions> _configure;
    private readonly TimeProvider _time;
    private TestFolder _folder = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private TaskCompletionSource? _refused;

    private SpacesServer(Action<SpacesOptions> configure, TimeProvider time)
    {
        _configure = configure;
        _time = time;
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public string Key => Access.DevelopmentKey;

    public ISpacesAccess Access => Service<ISpacesAccess>();

    /// <summary>Looked at before a request of a stream: a status answers it, null lets it pass.</summary>
    public Func<HttpContext, int?> Refuse { get; set; } = _ => null;

    /// <summary>The requests for the stream, with their queries.</summary>
    public Arrivals<string> Streams { get; } = new("streams");

    public static async Task<SpacesServer> StartAsync(Action<SpacesOptions>? configure = null, TimeProvider? time = null)
    {
        var server = new SpacesServer(configure ?? (_ => { }), time ?? TimeProvider.System);
        await server.OpenAsync();
        return server;
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Stops and starts again, at the same address.</summary>
    public async Task RestartAsync(bool emptied = false)
    {
        await CloseAsync();
        if (emptied)
        {
            _folder.Dispose();
            _folder = new TestFolder();
        }

        await OpenAsync();
    }

    public async Task RaiseAsync(JsonObject payload)
    {
        using var answer = await _http.PostAsJsonAsync("v1/events", new JsonObject
        {
            ["topic"] = "space:updated",
            ["domain"] = "space",
            ["context"] = new JsonObject { ["environmentId"] = Access.EnvironmentId },
            ["payload"] = payload,
        });
        answer.EnsureSuccessStatusCode();
    }

    public Task Break()
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _refused, refused);
        CutAll();
        return refused.Task;
    }

    public void Heal() => Volatile.Write(ref _refused, null);

    public void CutAll()
    {
        foreach (var http in _open.Keys)
        {
            http.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.AbsoluteUri);
        builder.Services.AddSingleton(_time);
        builder.Services.AddSpaces(options =>
        {
            options.DataFolder = _folder.Path;
            _configure(options);
        });
        _app = builder.Build();
        _app.Use(PassAsync);
        _app.UseRouting();
        _app.MapSpaces();
        await _app.StartAsync();
        Address = new Uri(Service<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _http = new HttpClient { BaseAddress = Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    private async Task CloseAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.Value!.EndsWith("/events/stream", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        if (Volatile.Read(ref _refused) is { } refused)
        {
            http.Abort();
            refused.TrySetResult();
            return;
        }

        Streams.Add(http.Request.QueryString.Value ?? string.Empty);
        if (Refuse(http) is { } status)
        {
            http.Response.StatusCode = status;
            return;
        }

        _open[http] = 0;
        try
        {
            await next(http);
        }
        finally
        {
            _open.TryRemove(http, out _);
        }
    }
}
