using System.Text;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Dispatch;

/// <summary>How the pipeline settles a delivery of a source that settles for itself, such as a bus.</summary>
public sealed class SettlementTests : IAsyncLifetime
{
    private const string Body = """{"id":"us_evt_1","topic":"space:updated","context":{"spaceId":"us_sp_1"},"payload":{}}""";

    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string TraceParent = $"00-{TraceId}-b7ad6b7169203331-01";

    private readonly Arrivals<string> _runs = new("handler runs");
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    [Trait("Row", "E-07")]
    public async Task A_settlement_that_fails_runs_no_handler_again()
    {
        _world.OnEvent("h", (_, _) => RanAsync("h"));
        await using var process = await AgentProcess.StartAsync(_world);
        var lost = new BusDelivery(Body, 1) { OnComplete = () => throw new InvalidOperationException("the lock is lost") };
        await process.Get<EventPipeline>().ProcessAsync(lost);
        var again = new BusDelivery(Body, 2);
        await process.Get<EventPipeline>().ProcessAsync(again);

        Assert.Equal(["h"], _runs.Items);
        Assert.Equal(["complete"], lost.Settlements);
        Assert.Equal(["complete"], again.Settlements);
    }

    [Fact]
    public async Task The_settlement_comes_after_the_effect_is_remembered()
    {
        _world.OnEvent("h", (_, _) => RanAsync("h"));
        await using var process = await AgentProcess.StartAsync(_world, crashBefore: "inbox.done");
        var delivery = new BusDelivery(Body, 1);
        await process.Get<EventPipeline>().ProcessAsync(delivery);
        await process.KillAsync();

        Assert.Equal(["h"], _runs.Items);
        Assert.DoesNotContain("complete", delivery.Settlements);
    }

    [Fact]
    public async Task An_event_in_several_lanes_is_settled_once_when_the_last_handler_is_done()
    {
        var release = new Signal("the release");
        _world.OnEvent("space", (_, _) => RanAsync("space"));
        _world.OnEvent("slow", async (_, _) =>
        {
            await RanAsync("slow");
            await release.Task;
        });
        _world.Ruled(new HandlerRules { Lane = LaneKey.None });
        await using var process = await AgentProcess.StartAsync(_world);
        var delivery = new BusDelivery(Body, 1);
        var processing = process.Get<EventPipeline>().ProcessAsync(delivery);
        await _runs.WaitForAsync(2);
        await Signal.UntilAsync(
            async () => (await process.Get<IInbox>().FindAsync("us_evt_1", CancellationToken.None)).TryGetValue("space", out var space) && space.Done,
            "the first handler to be done");
        Assert.Empty(delivery.Settlements);
        release.Set();
        await processing;

        Assert.Equal(["complete"], delivery.Settlements);
    }

    [Fact]
    [Trait("Row", "E-15")]
    public async Task An_unreadable_delivery_is_dead_lettered_at_its_source_too()
    {
        await using var process = await AgentProcess.StartAsync(_world);
        var delivery = new BusDelivery("{", 1);
        await process.Get<EventPipeline>().ProcessAsync(delivery);

        Assert.StartsWith("dead: The event is not JSON", Assert.Single(delivery.Settlements), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_store_gives_the_delivery_back()
    {
        _world.OnEvent("h", (_, _) => RanAsync("h"));
        await using var process = await AgentProcess.StartAsync(_world, crashBefore: "inbox.claim");
        var delivery = new BusDelivery(Body, 1);
        await process.Get<EventPipeline>().ProcessAsync(delivery);
        await process.KillAsync();

        Assert.Equal(["abandon"], delivery.Settlements);
        Assert.Empty(_runs.Items);
    }

    [Fact]
    public async Task The_trace_of_the_sender_goes_on_in_the_handler_and_its_calls()
    {
        var trace = string.Empty;
        _world.OnEvent("h", async (context, services, token) =>
        {
            trace = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? "none";
            await services.GetRequiredService<FlatfileClient>().Events.AckAsync(context.Event.Id, token);
        });
        await using var process = await AgentProcess.StartAsync(_world);
        await process.Get<EventPipeline>().ProcessAsync(new BusDelivery(Body, 1) { Trace = TraceParent });

        Assert.Equal(TraceId, trace);
        Assert.Equal([$"POST events/us_evt_1/ack {TraceId}"], _world.Flatfile.Traces.Items);
    }

    [Fact]
    public async Task The_trace_of_the_sender_goes_through_the_ticket_to_the_calls_of_the_job()
    {
        _world.OnJob("j", (_, _) => Task.FromResult(new JobResult("done")));
        _world.Flatfile.AddJob("us_jb_1", "us_sp_1");
        await using var process = await AgentProcess.StartAsync(_world);
        var body = """{"id":"us_evt_1","topic":"job:ready","context":{"spaceId":"us_sp_1","jobId":"us_jb_1"},"payload":{}}""";
        await process.Get<EventPipeline>().ProcessAsync(new BusDelivery(body, 1) { Trace = TraceParent });
        await _world.Flatfile.Ended.WaitForAsync(1);

        Assert.Contains($"POST jobs/us_jb_1/complete {TraceId}", _world.Flatfile.Traces.Items);
        Assert.All(_world.Flatfile.Traces.Items, call => Assert.EndsWith(TraceId, call, StringComparison.Ordinal));
    }

    private Task RanAsync(string what)
    {
        _runs.Add(what);
        return Task.CompletedTask;
    }

    private sealed class BusDelivery(string body, int count) : EventDelivery
    {
        public List<string> Settlements { get; } = [];

        public Action OnComplete { get; init; } = () => { };

        public string? Trace { get; init; }

        public override ReadOnlyMemory<byte> Body { get; } = Encoding.UTF8.GetBytes(body);

        public override int DeliveryCount { get; } = count;

        public override string? TraceParent => Trace;

        public override Task CompleteAsync(CancellationToken cancellationToken)
        {
            Settlements.Add("complete");
            OnComplete();
            return Task.CompletedTask;
        }

        public override Task AbandonAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            Settlements.Add("abandon");
            return Task.CompletedTask;
        }

        public override Task DeadLetterAsync(string reason, CancellationToken cancellationToken)
        {
            Settlements.Add("dead: " + reason);
            return Task.CompletedTask;
        }
    }
}
