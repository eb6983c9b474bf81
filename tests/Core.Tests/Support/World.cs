using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;

namespace Core.Tests.Support;

/// <summary>What outlives a process: the feed, the folder, Flatfile, and the handlers' code.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<HandlerBinding> _bindings = [];
    private int _jobs;

    public TestFolder Folder { get; } = new();

    public MemoryFeed Feed { get; } = new();

    public FakeFlatfile Flatfile { get; private set; } = null!;

    public IReadOnlyList<HandlerBinding> Bindings => _bindings;

    /// <summary>The agent started last, known before the first of its handlers runs.</summary>
    public AgentProcess? Agent { get; set; }

    /// <summary>Called when the services around the agent stop.</summary>
    public Action OtherServicesStop { get; set; } = () => { };

    public static async Task<World> CreateAsync() => new() { Flatfile = await FakeFlatfile.StartAsync() };

    /// <summary>Binds an inline handler to <c>space:updated</c>.</summary>
    public void OnEvent(string id, Func<EventContext, CancellationToken, Task> handle) =>
        _bindings.Add(HandlerBinding.ForEvents(id, "test", id, [Rule("space:updated")], _ => new CallbackEventHandler(handle)));

    /// <summary>The same with a filter.</summary>
    public void OnEvent(string id, string filter, Func<EventContext, CancellationToken, Task> handle) =>
        _bindings.Add(HandlerBinding.ForEvents(
            id, "test", id, [Rule("space:updated") with { Filters = [EventFilterMatcher.Parse(filter)] }], _ => new CallbackEventHandler(handle)));

    /// <summary>Binds an inline handler to every event.</summary>
    public void OnEverything(string id, Func<EventContext, CancellationToken, Task> handle) =>
        _bindings.Add(HandlerBinding.ForEvents(id, "test", id, [Rule("**")], _ => new CallbackEventHandler(handle)));

    /// <summary>The same, with the services of its scope.</summary>
    public void OnEvent(string id, Func<EventContext, IServiceProvider, CancellationToken, Task> handle) =>
        _bindings.Add(HandlerBinding.ForEvents(
            id, "test", id, [Rule("space:updated")], services => new CallbackEventHandler((context, token) => handle(context, services, token))));

    /// <summary>The handler bound last is run like this.</summary>
    public void Ruled(HandlerRules rules) => _bindings[^1] = _bindings[^1].With(DispatchRule.Read(rules));

    /// <summary>Binds a job handler to <c>job:ready</c>.</summary>
    public void OnJob(string id, Func<JobContext, CancellationToken, Task<JobResult>> run) =>
        _bindings.Add(HandlerBinding.ForJobs(id, "test", id, [Rule("job:ready")], _ => new CallbackJobHandler(run)));

    /// <summary>The same, with the services of its scope.</summary>
    public void OnJob(string id, Func<JobContext, IServiceProvider, CancellationToken, Task<JobResult>> run) =>
        _bindings.Add(HandlerBinding.ForJobs(
            id, "test", id, [Rule("job:ready")], services => new CallbackJobHandler((context, token) => run(context, services, token))));

    /// <summary>The next process knows no handler.</summary>
    public void Unbind() => _bindings.Clear();

    public void PublishEvent(string id, string space = "us_sp_1") => Publish(id, "space:updated", space, string.Empty, "{}");

    /// <summary>The same with a sheet in its context.</summary>
    public void PublishSheetEvent(string id, string sheet, string payload = "{}") =>
        Publish(id, "space:updated", "us_sp_1", $$""","sheetId":"{{sheet}}" """, payload);

    /// <summary>Makes a job in Flatfile and publishes its <c>job:ready</c>.</summary>
    public FakeJob PublishJob(string? id = null, string space = "us_sp_1")
    {
        id ??= $"us_jb_{++_jobs}";
        var job = Flatfile.AddJob(id, space);
        Publish("us_evt_" + id, "job:ready", space, $$""","jobId":"{{id}}" """, """{"job":"file:extract"}""");
        return job;
    }

    public void Publish(string id, string topic, string space, string moreContext, string payload) => Feed.Publish(
        $$"""{"id":"{{id}}","topic":"{{topic}}","domain":"x","context":{"spaceId":"{{space}}","environmentId":"us_env_1"{{moreContext}}},"payload":{{payload}}}""");

    public async ValueTask DisposeAsync()
    {
        await Flatfile.DisposeAsync();
        Folder.Dispose();
    }

    private static BindingRule Rule(string topic) => new([TopicGlob.Parse(topic)], []);

    private sealed class CallbackEventHandler(Func<EventContext, CancellationToken, Task> handle) : IEventHandler
    {
        public Task HandleAsync(EventContext context, CancellationToken cancellationToken) => handle(context, cancellationToken);
    }

    private sealed class CallbackJobHandler(Func<JobContext, CancellationToken, Task<JobResult>> run) : IJobHandler
    {
        public Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
