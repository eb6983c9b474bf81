using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Hosting;

namespace Core.Tests.Dispatch;

/// <summary>A handler that goes on although it was told to end.</summary>
public sealed class StuckHandlerTests : IAsyncLifetime
{
    private readonly Arrivals<string> _runs = new("handler runs");
    private readonly ManualResetEventSlim _release = new();
    private World _world = null!;

    public async Task InitializeAsync()
    {
        _world = await World.CreateAsync();
        _world.OnEvent("h", (context, _) =>
        {
            _runs.Add($"{context.Event.Id} {context.Attempt}");
            if (context is { Event.Id: "us_evt_1", Attempt: 1 })
            {
                // On purpose: a loop that looks at no token.
                _release.Wait(CancellationToken.None);
            }

            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync()
    {
        _release.Set();
        await _world.DisposeAsync();
    }

    [Fact]
    [Trait("Row", "E-17")]
    public async Task It_is_left_alone_and_counted_and_its_event_is_tried_again()
    {
        await using var process = await AgentProcess.StartAsync(_world, configure: Impatient);
        _world.PublishEvent("us_evt_1");
        _world.PublishEvent("us_evt_2");

        Assert.Equal(["us_evt_1 1", "us_evt_1 2", "us_evt_2 1"], await _runs.WaitForAsync(3));
        var stuck = process.Get<StuckHandlers>();
        Assert.Equal(1, stuck.Count);
        Assert.False(process.Get<AgentExit>().IsRestartAsked);
        _release.Set();
        await Signal.UntilAsync(() => Task.FromResult(stuck.Count == 0), "the handler to end at last");
    }

    [Fact]
    [Trait("Row", "E-17")]
    public async Task Too_many_of_them_bring_the_agent_down_in_order_to_be_started_anew()
    {
        await using var process = await AgentProcess.StartAsync(_world, configure: o =>
        {
            Impatient(o);
            o.Events.MaxStuckHandlers = 1;
            o.Events.FirstDelay = TimeSpan.FromMinutes(1);
        });
        var stopping = new Signal("the host to stop");
        process.Get<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.Set);
        _world.PublishEvent("us_evt_1");
        await stopping.WaitAsync();
        Assert.True(process.Get<AgentExit>().IsRestartAsked);
        await process.StopAsync();

        await using var again = await AgentProcess.StartAsync(_world);
        _release.Set();

        Assert.Equal(["us_evt_1 1", "us_evt_1 1"], await _runs.WaitForAsync(2));
    }

    private static void Impatient(AgentOptions options)
    {
        options.Events.AttemptTimeout = TimeSpan.FromMilliseconds(100);
        options.StopPatience = TimeSpan.FromMilliseconds(50);
    }
}
