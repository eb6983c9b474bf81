using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace History.Tests.Oracle;

/// <summary>Sees every effect from outside the agents, and writes it down before it answers. Its answers take a moment, so that kills meet work in hand.</summary>
internal sealed class EffectOracle : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<EffectCall> _calls = [];
    private readonly HashSet<(string, string)> _effects = [];

    private EffectOracle(WebApplication app)
    {
        _app = app;
        app.MapPost("/effects", ApplyAsync);
    }

    public string Address { get; private set; } = "";

    /// <summary>Different effects seen so far.</summary>
    public int Effects
    {
        get
        {
            lock (_lock)
            {
                return _effects.Count;
            }
        }
    }

    public IReadOnlyList<EffectCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public static async Task<EffectOracle> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var oracle = new EffectOracle(builder.Build());
        await oracle._app.StartAsync();
        oracle.Address = oracle._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";
        return oracle;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ApplyAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        string Text(string name) => body.RootElement.GetProperty(name).GetString()!;
        var (@event, handler) = (Text("event"), Text("handler"));
        lock (_lock)
        {
            _calls.Add(new EffectCall(_calls.Count, TimeProvider.System.GetUtcNow(), @event, handler, Text("incarnation")));
            _effects.Add((@event, handler));
        }

        // Unequal times of work: order must come from the lanes, not from luck.
        await Task.Delay(Random.Shared.Next(0, 7));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
