using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flatfile.Api.Tests.Support;

/// <summary>A real server on loopback whose answers a test writes; it remembers what was asked.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public static async Task<TestServer> StartAsync(Func<HttpContext, int, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(o =>
        {
            o.Listen(IPAddress.Loopback, 0, at =>
            {
                if (certificate is not null)
                {
                    at.UseHttps(certificate);
                }
            });
            o.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var server = new TestServer(app);
        var number = 0;
        app.Run(async context =>
        {
            var mine = Interlocked.Increment(ref number);
            server.Seen.Enqueue(SeenRequest.Of(context.Request));
            await answer(context, mine);
        });
        await app.StartAsync();
        return server;
    }

    public static Task<TestServer> StartAsync(string json) => StartAsync((context, _) => context.JsonAsync(json));

    public FlatfileClient Client(Action<FlatfileClientOptions>? change = null)
    {
        var options = new FlatfileClientOptions { BaseAddress = Address, Token = "sk_secret", EnvironmentId = "us_env_1", TimeProvider = new SkippingTime(), Timeout = TimeSpan.FromMinutes(10), CompressRows = true };
        change?.Invoke(options);
        return new FlatfileClient(options);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
