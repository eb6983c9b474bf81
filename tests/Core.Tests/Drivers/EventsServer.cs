using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Drivers;
using Contracts.Support;
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
    private TaskCompletionSource? _refused;

    public Uri Address => _server.Address;

    /// <summary>The next answers fail with this status.</summary>
    public Queue<int> Faults { get; } = new();

    public Arrivals<string> Questions { get; } = new("questions");

    public int AcknowledgementsLost { get; set; }

    /// <summary>When the questions came.</summary>
    public Arrivals<long> AskedAt { get; } = new("questions");

    /// <summary>What a refused question is told to wait, in seconds.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>When set, what each acknowledgement is answered, without an effect.</summary>
    public int? AcknowledgementStatus { get; set; }

    public int AcknowledgementsAsked { get; private set; }

    public bool NewestFirst { get; set; }

    /// <summary>Told the page before it is answered.</summary>
    public Action<int> BeforePage { get; set; } = _ => { };

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

    /// <summary>Somebody else acknowledges it.</summary>
    public void AcknowledgeForeign(string id) => _acknowledged.Add(id);

    /// <summary>Connections are torn from now on; the task completes with the first one.</summary>
    public Task Break()
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _refused, refused);
        return refused.Task;
    }

    public void Heal() => Volatile.Write(ref _refused, null);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (Volatile.Read(ref _refused) is not { } refused)
            {
                return next(context);
            }

            context.Abort();
            refused.TrySetResult();
            return Task.CompletedTask;
        });
        app.MapGet("/v1/events", (HttpContext http) => List(http.Request, http.Response));
        app.MapPost("/v1/events/{id}/ack", (string id) => Acknowledge(id));
    }

    private IResult List(HttpRequest request, HttpResponse response)
    {
        lock (_lock)
        {
            Questions.Add(request.QueryString.Value ?? string.Empty);
            AskedAt.Add(TimeProvider.System.GetTimestamp());
            if (Faults.TryDequeue(out var status))
            {
                response.Headers.RetryAfter = RetryAfter;
                return Results.Json(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["key"] = "general", ["message"] = "refused" }) }, statusCode: status);
            }

            var since = DateTimeOffset.Parse(request.Query["since"]!, CultureInfo.InvariantCulture);
            var size = int.Parse(request.Query["pageSize"]!, CultureInfo.InvariantCulture);
            var page = int.Parse(request.Query["pageNumber"]!, CultureInfo.InvariantCulture);
            BeforePage(page);
            var listed = _events.Where(e => e.At > since && !_acknowledged.Contains(e.Id)).OrderBy(e => e.At).ToList();
            if (NewestFirst)
            {
                listed.Reverse();
            }

            var data = listed
                .Skip((page - 1) * size).Take(size).Select(e => e.Json);
            return Results.Text("{\"data\":[" + string.Join(',', data) + "]}", "application/json");
        }
    }

    private IResult Acknowledge(string id)
    {
        lock (_lock)
        {
            AcknowledgementsAsked++;
            if (AcknowledgementStatus is { } status)
            {
                return Results.StatusCode(status);
            }

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
