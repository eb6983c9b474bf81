using System.Text;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Bridge;

[Trait("Row", "E-19")]
public sealed class ClaimCheckTests : IAsyncLifetime
{
    private readonly MemoryBus _bus = new();
    private readonly Arrivals<int> _handled = new("handled payloads");
    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_large_event_travels_by_its_claim_and_its_handler_sees_it_whole()
    {
        const int Size = 300 * 1024;
        await using (var bridge = await BridgeAsync())
        {
            _world.Publish("us_evt_small", "space:updated", "us_sp_1", string.Empty, Payload(200 * 1024));
            _world.Publish("us_evt_large", "space:updated", "us_sp_1", ",\"workbookId\":\"us_wb_1\"", Payload(Size));
            await _bus.Messages.WaitForAsync(2);
        }

        var claim = _bus.Messages.Items[1];
        Assert.Equal(
            """{"id":"us_evt_large","topic":"space:updated","domain":"x","context":{"environmentId":"us_env_1","spaceId":"us_sp_1","workbookId":"us_wb_1"},"payload":{},"claim":"us_evt_large"}""",
            Encoding.UTF8.GetString(claim.Body.Span));
        Assert.Null(ClaimCheck.Read(_bus.Messages.Items[0].Body));

        _world.OnEvent("h", (context, _) =>
        {
            _handled.Add(context.Event.PayloadText("x")!.Length);
            return Task.CompletedTask;
        });
        await using var agent = await AgentProcess.StartAsync(_world);
        await HandleAsync(agent, claim.Body, 1);

        Assert.Equal(Size, Assert.Single(_handled.Items));
    }

    [Fact]
    public async Task A_claim_that_is_not_in_the_store_is_asked_for_at_Flatfile()
    {
        _world.Flatfile.Events["us_evt_1"] = """{"id":"us_evt_1","topic":"space:updated","domain":"x","context":{"spaceId":"us_sp_1"},"payload":{"x":"1234"}}""";
        _world.OnEvent("h", (context, _) =>
        {
            _handled.Add(context.Event.PayloadText("x")!.Length);
            return Task.CompletedTask;
        });
        await using var agent = await AgentProcess.StartAsync(_world);
        await HandleAsync(agent, Claim("us_evt_1"), 1);

        Assert.Equal(4, Assert.Single(_handled.Items));
    }

    [Fact]
    public async Task A_claim_that_is_nowhere_is_tried_again_and_then_kept_among_the_dead_letters_with_that_reason()
    {
        await using var agent = await AgentProcess.StartAsync(_world);

        Assert.Equal(Settlement.Abandoned, await HandleAsync(agent, Claim("us_evt_1"), 1));
        Assert.Equal(Settlement.DeadLettered, await HandleAsync(agent, Claim("us_evt_1"), 10));
        var letter = Assert.Single(await agent.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
        Assert.Contains("us_evt_1 travels by claim check, and its payload is neither in this agent's store nor at Flatfile", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_another_id_behind_a_claim_is_not_handled()
    {
        _world.Flatfile.Events["us_evt_1"] = """{"id":"us_evt_2","topic":"space:updated","domain":"x","context":{},"payload":{}}""";
        await using var agent = await AgentProcess.StartAsync(_world);

        Assert.Equal(Settlement.Abandoned, await HandleAsync(agent, Claim("us_evt_1"), 1));
    }

    [Theory]
    [InlineData("""{"id":"us_evt_1","topic":"a:b","context":{},"payload":{"claim":"us_evt_1"}}""")]
    [InlineData("""{"id":"us_evt_1","topic":"a:b","context":{},"payload":{},"claim":"us_evt_2"}""")]
    [InlineData("""{"id":"us_evt_1","topic":"a:b","context":{},"payload":{"x":1},"claim":"us_evt_1"}""")]
    [InlineData("""{"id":"us_evt_1","claim":""")]
    public void What_only_looks_like_a_claim_is_an_event(string body) => Assert.Null(ClaimCheck.Read(Encoding.UTF8.GetBytes(body)));

    private static string Payload(int size) => $$"""{"x":"{{new string('x', size)}}"}""";

    private static byte[] Claim(string id) => Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","topic":"space:updated","domain":"x","context":{},"payload":{},"claim":"{{id}}"}""");

    private static async Task<Settlement> HandleAsync(AgentProcess agent, ReadOnlyMemory<byte> body, int count)
    {
        var delivery = new LocalDelivery(body, count);
        await agent.Get<EventPipeline>().ProcessAsync(delivery);
        return delivery.Settlement;
    }

    private Task<AgentProcess> BridgeAsync() => AgentProcess.StartAsync(
        _world,
        configure: o =>
        {
            o.Driver = "None";
            o.Bridge.From = "InProcess";
            o.Bridge.To = "Bus";
        },
        services: services => services.AddSingleton<IEventPublisher>(_bus));
}
