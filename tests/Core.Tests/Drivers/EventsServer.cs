using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Drivers;
using Core.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Core.Tests.Drivers;

/// <summary>A server that speaks <c>/v1/events</c> as Flatfile does.</summary>
internal sealed class EventsServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(string Id, DateTimeOffset At, string Json)> _events = [];
    private readonly HashSet<string> _acknowledged = [];
    private TestServer _server = null!;

    public Uri Address => _server.Address;

    /// <summary>The next answers fail with this status.</summary>
    public Queue<int> Faults { get; } = new();

    public List<string> Questions { get; } = [];

    public int AcknowledgementsLost { get; set; }

    public IReadOnlyCollection<string> Acknowledged
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledged];
            }
        }
    }

    public static async Task<EventsServer> StartAsync()
    {
        var server = new EventsServer();
        server._server = await TestServer.StartAsync(server.Map);
        return server;
    }

    public void Publish(string id, string key, DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            var time = at ?? TimeProvider.System.GetUtcNow();
            _events.Add((id, time, EventDriverHarness.Event(id, key, time)));
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.MapGet("/v1/events", (HttpRequest request) => List(request));
        app.MapPost("/v1/events/{id}/ack", (string id) => Acknowledge(id));
    }

    private IResult List(HttpRequest request)
    {
        lock (_lock)
        {
            Questions.Add(request.QueryString.Value ?? string.Empty);
            if (Faults.TryDequeue(out var status))
            {
                return Results.Json(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["key"] = "general", ["message"] = "refused" }) }, statusCode: status);
            }

            var since = DateTimeOffset.Parse(request.Query["since"]!, CultureInfo.InvariantCulture);
            var size = int.Parse(request.Query["pageSize"]!, CultureInfo.InvariantCulture);
            var page = int.Parse(request.Query["pageNumber"]!, CultureInfo.InvariantCulture);
            var data = _events.Where(e => e.At > since && !_acknowledged.Contains(e.Id)).OrderBy(e => e.At)
                .Skip((page - 1) * size).Take(size).Select(e => e.Json);
            return Results.Text("{\"data\":[" + string.Join(',', data) + "]}", "application/json");
        }
    }

    private IResult Acknowledge(string id)
    {
        lock (_lock)
        {
            if (AcknowledgementsLost > 0)
            {
                AcknowledgementsLost--;
                return Results.StatusCode(400);
            }

            _acknowledged.Add(id);
            return Results.Json(new JsonObject { ["data"] = new JsonObject { ["success"] = true } });
        }
    }
}
