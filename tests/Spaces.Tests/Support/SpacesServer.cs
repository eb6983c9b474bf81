using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Tests.Support;

/// <summary>The real server on a free port over a temporary folder.</summary>
internal sealed class SpacesServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private SpacesServer(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        _ownsFolder = ownsFolder;
        Folder = folder;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = NewClient(Access.DevelopmentKey);
    }

    public string Folder { get; }

    public Uri Address { get; }

    /// <summary>Sends the development key.</summary>
    public HttpClient Client { get; }

    public ISpacesAccess Access => Service<ISpacesAccess>();

    public ISpacesEventLog Log => Service<ISpacesEventLog>();

    public static async Task<SpacesServer> StartAsync(string? folder = null, Action<SpacesOptions>? configure = null, string address = "http://127.0.0.1:0", TimeProvider? time = null,
        Action<IServiceCollection>? services = null)
    {
        var path = folder ?? Path.Combine(Path.GetTempPath(), "spaces-" + Guid.NewGuid().ToString("N"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(address);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddSpaces(options =>
        {
            options.DataFolder = path;
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapSpaces();
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SpacesServer(app, path, folder is null);
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri(Address, "/v1/"), Timeout = Patience };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    public async Task<Reply> SendAsync(string method, string path, string? body = null, HttpClient? client = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await (client ?? Client).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply((int)response.StatusCode, text);
    }

    public async Task<JsonNode> DataAsync(string method, string path, string? body = null, HttpClient? client = null)
    {
        var reply = await SendAsync(method, path, body, client);
        Assert.True(reply.Status == 200, $"{method} {path} answered {reply.Status}: {reply.Text}");
        return reply.Json["data"]!;
    }

    /// <summary>Creates a space and answers its id.</summary>
    public async Task<string> SpaceAsync(string body = """{"name":"A space"}""", HttpClient? client = null) =>
        (string)(await DataAsync("POST", "spaces", body, client))["id"]!;

    /// <summary>Another environment and a client with its key.</summary>
    public async Task<(string EnvironmentId, HttpClient Client)> OtherEnvironmentAsync()
    {
        var id = (string)(await DataAsync("POST", "environments", """{"name":"other","isProd":true}"""))["id"]!;
        return (id, await SecretKeyAsync(id));
    }

    /// <summary>A client with a new secret key of an environment.</summary>
    public async Task<HttpClient> SecretKeyAsync(string environmentId) =>
        NewClient((string)(await DataAsync("POST", $"auth/api-key?environmentId={environmentId}&type=SECRET"))[0]!["rawKey"]!);

    /// <summary>Topics of a space's events, oldest first.</summary>
    public async Task<string[]> TopicsAsync(string spaceId) =>
        [.. (await DataAsync("GET", $"events?spaceId={spaceId}&since=2000-01-01T00:00:00Z")).AsArray().Select(one => (string)one!["topic"]!)];

    public async Task<SpaceFolder> SpaceFolderAsync(string spaceId)
    {
        Assert.True(Flatfile.Spaces.Ids.ResourceId.TryParse("us_sp_", spaceId, out var id));
        return await Service<SpaceRegistry>().GetAsync(id.Space, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
