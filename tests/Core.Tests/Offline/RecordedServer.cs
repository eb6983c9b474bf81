using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Offline;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Core.Tests.Offline;

/// <summary>A server with a few answers, a handler that is recorded against it, and the same or another handler run offline.</summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    public static readonly byte[] Picture = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];

    private static readonly FlatfileEvent Event = FlatfileEvent.Parse("""{"id":"us_evt_1","topic":"file:created","domain":"file","context":{"fileId":"us_fl_1"},"payload":{}}"""u8.ToArray());

    private readonly TestServer _server;
    private readonly TestFolder _folder = new();
    private int _busy;

    private RecordedServer(TestServer server) => _server = server;

    public int Calls { get; private set; }

    public static async Task<RecordedServer> StartAsync()
    {
        RecordedServer? self = null;
        var server = await TestServer.StartAsync(app => Map(app, () => self!));
        return self = new RecordedServer(server);
    }

    /// <summary>Runs a handler against the server and answers its recording, as it is read from disk.</summary>
    public async Task<RecordedRun> RecordAsync(Func<FlatfileClient, Task> handler, Action<RecordingOptions>? configure = null, ReadOnlyMemory<byte>? checkpoint = null, string? jobId = null)
    {
        var options = new AgentOptions { DataFolder = _folder.Path };
        options.Recording.Keep = KeepRecordings.All;
        configure?.Invoke(options.Recording);
        var shelf = new RecordingShelf(Options.Create(options), TimeProvider.System, NullLogger<RecordingShelf>.Instance);
        var recording = shelf.Begin(new RecordedRunFacts(Event, "test/handler", "Test", "1.0", jobId, 1, checkpoint, TimeProvider.System.GetUtcNow()));
        using var sockets = new SocketsHttpHandler();
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = _server.Address, Token = "sk_do_not_record" }, new RecordedCalls(sockets, recording));
        try
        {
            await handler(client);
            shelf.Done(recording);
        }
        catch (Exception fault)
        {
            shelf.Failed(recording, fault);
        }

        return (await new RecordingLibrary(_folder.Path).NewestAsync(1, CancellationToken.None)).Single();
    }

    /// <summary>Runs a handler against a recording.</summary>
    public static Task<OfflineReport> ReplayAsync(RecordedRun run, Func<FlatfileClient, Task> handler) =>
        ReplayAsAsync(run, _ => HandlerBinding.ForEvents("test/handler", "Test", "test", [], services => new CallbackHandler((_, _) => handler(services.GetRequiredService<FlatfileClient>()))));

    public static async Task<OfflineReport> ReplayAsAsync(RecordedRun run, Func<IServiceProvider, HandlerBinding> bind)
    {
        var replay = new OfflineReplay(run);
        var services = new ServiceCollection();
        replay.AddTo(services);
        await using var provider = services.BuildServiceProvider();
        var binding = bind(provider);
        return await replay.RunAsync(provider, new HandlerCatalog([binding]), binding, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static void Map(WebApplication app, Func<RecordedServer> self)
    {
        app.Use(async (http, next) =>
        {
            self().Calls++;
            await next(http);
        });
        app.MapGet("/v1/files/{id}/download", () => Results.Bytes(Picture, "image/png"));
        app.MapGet("/v1/secrets", () => Results.Text("""{"data":[{"id":"us_sec_1","name":"ftp","value":"hunter2"}]}""", "application/json"));
        app.MapGet("/v1/spaces/{id}", () => Results.Text(
            """{"data":{"id":"us_sp_1","name":"Parcels","accessToken":"pk_secret","guestLink":"https://x/?token=abc","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}}""", "application/json"));
        app.MapGet("/v1/busy", (HttpContext http) =>
        {
            if (self()._busy++ == 0)
            {
                http.Response.Headers.RetryAfter = "0";
                return Results.StatusCode(429);
            }

            return Results.Text("""{"data":{"ok":true}}""", "application/json");
        });
        app.MapPut("/v1/sheets/{id}/records", () => Results.Text("""{"data":{"success":true}}""", "application/json"));
        app.MapGet("/v1/sheets/{id}/records", () => Results.Text(
            """{"data":{"records":[{"id":"us_rc_1","values":{"name":{"value":"Zoë 🦓","messages":[]}}}]}}""", "application/json"));
    }
}
