using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Dispatch;

/// <summary>An event that another agent on the same store has in hand.</summary>
public sealed class OtherAgentTests : IAsyncLifetime
{
    private readonly Arrivals<string> _runs = new("handler runs");
    private World _world = null!;

    public async Task InitializeAsync()
    {
        _world = await World.CreateAsync();
        _world.OnEvent("h", (context, _) =>
        {
            _runs.Add(context.Event.Id);
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    [Trait("Row", "E-11")]
    public async Task It_is_not_run_twice_and_keeps_its_lane_until_the_other_is_done()
    {
        await using var process = await AgentProcess.StartAsync(_world);
        await OtherHasAsync(process, "us_evt_1");
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2");
        _world.PublishEvent("us_evt_3", "us_sp_2");
        Assert.Equal(["us_evt_3"], await _runs.WaitForAsync(1));

        await process.Get<IInbox>().DoneAsync("us_evt_1", "h", CancellationToken.None);

        Assert.Equal(["us_evt_3", "us_evt_2"], await _runs.WaitForAsync(2));
    }

    [Fact]
    [Trait("Row", "E-11")]
    public async Task It_is_run_here_once_the_other_is_dead()
    {
        await using var process = await AgentProcess.StartAsync(_world);
        await OtherHasAsync(process, "us_evt_1");
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2", "us_sp_2");
        Assert.Equal(["us_evt_2"], await _runs.WaitForAsync(1));

        await process.Get<AgentDatabase>().WriteAsync("die", c => c.Run("UPDATE nodes SET alive_until = 0 WHERE owner = 'other'"), CancellationToken.None);

        Assert.Equal(["us_evt_2", "us_evt_1"], await _runs.WaitForAsync(2));
    }

    [Fact]
    public async Task Waiting_for_another_agent_does_not_hold_up_the_stop()
    {
        var process = await AgentProcess.StartAsync(_world);
        await OtherHasAsync(process, "us_evt_1");
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2", "us_sp_2");
        await _runs.WaitForAsync(1);

        await process.StopAsync();

        Assert.Equal(["us_evt_2"], _runs.Items);
    }

    private static Task OtherHasAsync(AgentProcess process, string eventId) => process.Get<AgentDatabase>().WriteAsync(
        "other",
        c =>
        {
            c.Run("INSERT INTO nodes(owner, name, alive_until) VALUES('other', 'other', @until)", ("@until", DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
            c.Run("INSERT INTO inbox(event_id, handler_id, starts, owner) VALUES(@event, 'h', 1, 'other')", ("@event", eventId));
        },
        CancellationToken.None);
}
