using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Contracts.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Core.Tests.Support;

/// <summary>The few calls of Flatfile that a job run makes, over a real server, with faults to order.</summary>
internal sealed class FakeFlatfile : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeJob> _jobs = [];
    private readonly HashSet<string> _effects = [];
    private readonly HashSet<string> _dead = [];
    private TestServer _server = null!;

    /// <summary>Events that can be read one by one, by id.</summary>
    public ConcurrentDictionary<string, string> Events { get; } = [];

    public Uri Address => _server.Address;

    /// <summary>Every call as <c>POST jobs/us_jb_1/ack</c>, in order.</summary>
    public Arrivals<string> Calls { get; } = new("calls");

    /// <summary>The trace each call belongs to, as <c>POST events/us_evt_1/ack 0af7…</c>.</summary>
    public Arrivals<string> Traces { get; } = new("traced calls");

    /// <summary>Jobs that ended.</summary>
    public Arrivals<string> Ended { get; } = new("ended jobs");

    /// <summary>Looked at before a call: a status refuses it, null lets it pass.</summary>
    public Func<string, int?> Refuse { get; set; } = _ => null;

    /// <summary>Looked at after a call had its effect: true loses the answer.</summary>
    public Func<string, bool> LoseAnswer { get; set; } = _ => false;

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

    /// <summary>The only sheet; null for none.</summary>
    public FakeSheet? Sheet { get; set; }

    public static async Task<FakeFlatfile> StartAsync()
    {
        var flatfile = new FakeFlatfile();
        flatfile._server = await TestServer.StartAsync(flatfile.Map);
        return flatfile;
    }

    public FakeJob AddJob(string id, string space)
    {
        lock (_lock)
        {
            return _jobs[id] = new FakeJob(id, space);
        }
    }

    public void DeleteJob(string id)
    {
        lock (_lock)
        {
            _jobs.Remove(id);
        }
    }

    /// <summary>Nothing from the process with this key arrives any more.</summary>
    public void CutOff(string key)
    {
        lock (_lock)
        {
            _dead.Add(key);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.MapGet("/v1/jobs/{id}", (HttpContext http, string id) => CallAsync(http, id, (_, _) => { }));
        app.MapPost("/v1/jobs/{id}/ack", (HttpContext http, string id) => CallAsync(http, id, Acknowledge));
        app.MapPost("/v1/jobs/{id}/complete", (HttpContext http, string id) => CallAsync(http, id, (job, body) => End(job, body, "complete")));
        app.MapPost("/v1/jobs/{id}/fail", (HttpContext http, string id) => CallAsync(http, id, (job, body) => End(job, body, "failed")));
        app.MapGet("/v1/events/{id}", (string id) => Events.TryGetValue(id, out var json)
            ? Results.Text($$"""{"data":{{json}}}""", "application/json")
            : Results.NotFound());
        app.MapGet("/v1/sheets/{id}/counts", (HttpContext http) => SheetAsync(http, (sheet, call) => sheet.CountAsync(call)));
        app.MapPost("/v1/sheets/{id}/records", (HttpContext http) => SheetAsync(http, (sheet, call) => sheet.InsertAsync(call)));
        app.MapPost("/v1/events/{id}/ack", (HttpContext http, string id) => EffectAsync(http, id));
    }

    private async Task SheetAsync(HttpContext http, Func<FakeSheet, HttpContext, Task> answer)
    {
        bool dead;
        lock (_lock)
        {
            dead = _dead.Contains(Key(http));
        }

        if (dead || Sheet is null)
        {
            http.Abort();
            return;
        }

        await answer(Sheet, http);
    }

    /// <summary>Stands for any write with an Idempotency-Key: the same key has one effect.</summary>
    private async Task EffectAsync(HttpContext http, string id)
    {
        Trace(http);
        lock (_lock)
        {
            if (_dead.Contains(Key(http)))
            {
                http.Abort();
                return;
            }

            _effects.Add(id);
        }

        await http.Response.WriteAsJsonAsync(new JsonObject { ["data"] = new JsonObject { ["success"] = true } });
    }

    private async Task CallAsync(HttpContext http, string id, Action<FakeJob, JsonObject> effect)
    {
        var body = http.Request.ContentLength is > 0 || http.Request.Headers.TransferEncoding.Count > 0
            ? await http.Request.ReadFromJsonAsync<JsonObject>() ?? []
            : [];
        Trace(http);
        var call = $"{http.Request.Method} {http.Request.Path.Value![4..]}";
        string answer;
        lock (_lock)
        {
            if (_dead.Contains(Key(http)))
            {
                http.Abort();
                return;
            }

            Calls.Add(call);
            if (Refuse(call) is { } status)
            {
                http.Response.StatusCode = status;
                return;
            }

            if (!_jobs.TryGetValue(id, out var job))
            {
                http.Response.StatusCode = 404;
                return;
            }

            effect(job, body);
            answer = job.Json;
        }

        if (LoseAnswer(call))
        {
            http.Abort();
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer);
    }

    private void Trace(HttpContext http) =>
        Traces.Add($"{http.Request.Method} {http.Request.Path.Value![4..]} {http.Request.Headers.TraceParent.ToString().Split('-').ElementAtOrDefault(1)}");

    private static string Key(HttpContext http) => http.Request.Headers.Authorization.ToString();

    private static void Acknowledge(FakeJob job, JsonObject body)
    {
        if (job.HasEnded)
        {
            return;
        }

        job.Status = "executing";
        job.Info = body["info"]?.GetValue<string>() ?? job.Info;
        if (body["progress"] is { } progress)
        {
            job.Progress = progress.GetValue<double>();
            job.ProgressSeen.Add(job.Progress);
        }
    }

    private void End(FakeJob job, JsonObject body, string status)
    {
        job.Ends++;
        if (job.HasEnded)
        {
            return;
        }

        job.Status = status;
        job.Info = body["info"]?.GetValue<string>();
        job.Outcome = body["outcome"]?.DeepClone().AsObject();
        Ended.Add(job.Id);
    }
}
