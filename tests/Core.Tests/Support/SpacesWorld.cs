using System.Text.Json;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Api;
using Flatfile.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Support;

/// <summary>What outlives an agent that works against the real Spaces: the server, the agent's folder, and the handlers' code.</summary>
internal sealed class SpacesWorld : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestFolder _server;
    private readonly List<HandlerBinding> _bindings = [];

    private SpacesWorld(WebApplication app, TestFolder server)
    {
        _app = app;
        _server = server;
        Address = new Uri(app.Urls.First());
        Client = ClientOf(Address);
    }

    public TestFolder Folder { get; } = new();

    public Uri Address { get; }

    public string Key => _app.Services.GetRequiredService<ISpacesAccess>().DevelopmentKey;

    /// <summary>Asks and changes as somebody outside the agent.</summary>
    public FlatfileClient Client { get; }

    public IReadOnlyList<HandlerBinding> Bindings => _bindings;

    /// <summary>The agent started last, known before the first of its handlers runs.</summary>
    public SpacesAgent? Agent { get; set; }

    public string SpaceId { get; private set; } = "";

    public static async Task<SpacesWorld> StartAsync()
    {
        var folder = new TestFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSpaces(options => options.DataFolder = folder.Path);
        var app = builder.Build();
        app.MapSpaces();
        await app.StartAsync();
        var world = new SpacesWorld(app, folder);
        world.SpaceId = (await world.Client.Spaces.CreateAsync(new SpaceConfig { Name = "A space" })).Id;
        return world;
    }

    public FlatfileClient ClientOf(Uri address) => new(new FlatfileClientOptions { BaseAddress = new Uri(address, "v1"), Token = Key });

    /// <summary>Binds a job handler to <c>job:ready</c> of one job.</summary>
    public void OnJob(string job, Func<JobContext, FlatfileClient, CancellationToken, Task<JobResult>> run)
    {
        var filter = EventFilterMatcher.Parse($$"""{"job":"{{job}}"}""");
        _bindings.Add(HandlerBinding.ForJobs(
            job, "test", job, [new BindingRule([TopicGlob.Parse("job:ready")], [filter])],
            services => new CallbackJobHandler((context, token) => run(context, services.GetRequiredService<FlatfileClient>(), token))));
    }

    /// <summary>The handler bound last is run like this.</summary>
    public void Ruled(HandlerRules rules) => _bindings[^1] = _bindings[^1].With(DispatchRule.Read(rules));

    /// <summary>Binds an inline handler to a topic.</summary>
    public void OnEvent(string topic, Func<EventContext, FlatfileClient, CancellationToken, Task> handle) =>
        _bindings.Add(HandlerBinding.ForEvents(
            topic, "test", topic, [new BindingRule([TopicGlob.Parse(topic)], [])],
            services => new CallbackEventHandler((context, token) => handle(context, services.GetRequiredService<FlatfileClient>(), token))));

    /// <summary>A sheet with the field <c>n</c> and rows numbered from 1.</summary>
    public async Task<string> SheetAsync(int rows)
    {
        var workbook = await Client.Workbooks.CreateAsync(new WorkbookConfig
        {
            Name = "Numbers", SpaceId = SpaceId, Sheets = [new SheetConfig { Name = "Numbers", Slug = "numbers", Fields = [new Property { Key = "n", Type = PropertyType.String }] }],
        });
        if (rows > 0)
        {
            await InsertAsync(Client, workbook.Sheets[0].Id, Enumerable.Range(1, rows).Select(i => $"{i}"), null);
        }

        return workbook.Sheets[0].Id;
    }

    public static Task InsertAsync(FlatfileClient client, string sheetId, IEnumerable<string?> values, string? key, CancellationToken cancellationToken = default) =>
        client.Records.InsertAsync(
            sheetId, [.. values.Select(v => new Dictionary<string, CellValue> { ["n"] = new() { Value = JsonSerializer.SerializeToElement(v) } })],
            new RequestOptions { IdempotencyKey = key, ReturnMinimal = true }, cancellationToken);

    /// <summary>The values of a sheet, in its order.</summary>
    public async Task<List<string>> ValuesAsync(string sheetId)
    {
        var values = new List<string>();
        await foreach (var page in Client.Records.ReadPagesAsync(sheetId))
        {
            values.AddRange(page.Records.Select(r => r.Values["n"].Value!.Value.ToString()));
        }

        return values;
    }

    /// <summary>Starts a job of the space.</summary>
    public Task<Job> StartJobAsync(string job) => Client.Jobs.CreateAsync(
        new JobConfig { Type = job.Split(':')[0], Operation = job.Split(':')[1], Source = SpaceId, Trigger = JobTrigger.Immediate });

    /// <summary>Waits for the end of a job.</summary>
    public async Task<Job> EndOfAsync(string jobId)
    {
        Job? job = null;
        await Signal.UntilAsync(
            async () => (job = await Client.Jobs.GetAsync(jobId)).Status is JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled, $"job {jobId} to end", TimeSpan.FromSeconds(60));
        return job!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _server.Dispose();
        Folder.Dispose();
    }

    private sealed class CallbackEventHandler(Func<EventContext, CancellationToken, Task> handle) : IEventHandler
    {
        public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => handle(context, cancellationToken);
    }

    private sealed class CallbackJobHandler(Func<JobContext, CancellationToken, Task<JobResult>> run) : IJobHandler
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
