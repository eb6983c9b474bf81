using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Plugins.Swap;

/// <summary>A plugin that is not good when the agent starts: its events are kept, its jobs wait, the others run.</summary>
[Trait("Row", "F-22")]
public sealed class RefusedPluginTests : IAsyncLifetime
{
    private SwapWorld _world = null!;

    public async Task InitializeAsync() => _world = await SwapWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_version_that_ran_last_runs_again_when_what_lies_in_the_folder_is_not_good()
    {
        await RunOnceAsync();
        await SpoilAsync();
        await using var process = await _world.StartAsync();

        var status = SwapWorld.Report(process).Status;
        Assert.Equal((PluginState.Loaded, "1.0.0"), (status.State, status.Version));
        Assert.StartsWith("Running 1.0.0; what lies in its folder now (1.0.0) is refused: Shifting.dll is empty (0 bytes)", status.Notice, StringComparison.Ordinal);
        _world.World.PublishEvent("us_evt_1");
        await _world.HandledAsync(1);
    }

    [Fact]
    [Trait("Row", "J-25")]
    public async Task Without_a_good_copy_its_events_are_dead_letters_that_can_be_replayed_and_its_jobs_wait()
    {
        await RunOnceAsync();
        var folder = await SpoilAsync();
        Directory.Delete(Path.Combine(_world.World.Folder.Path, "plugins", SwapWorld.Name), recursive: true);
        _world.Plugins.Add("ClashOne");
        await using var process = await _world.StartAsync();
        _world.World.PublishEvent("us_evt_1");
        _world.World.Publish("us_evt_other", "job:ready", "us_sp_1", ""","jobId":"us_jb_9" """, """{"job":"space:configure"}""");
        var letters = await LettersAsync(process, 1);
        await Signal.UntilAsync(() => Task.FromResult(_world.Told.Items.Contains("edition 1")), "the other plugin to have the event");

        var letter = Assert.Single(letters);
        Assert.Equal(("us_evt_1", "Shifting/Shifting.OnUpdated"), (letter.EventId, letter.HandlerId));
        Assert.Equal("Plugin Shifting is refused: Shifting.dll is empty (0 bytes); the copy was probably cut off. Copy the plugin again.", letter.Reason);

        await File.WriteAllBytesAsync(Path.Combine(folder, "Shifting.dll"), await File.ReadAllBytesAsync(Path.Combine(_world.Plugins.Put("Shifting", "Aside"), "Shifting.dll")));
        await Signal.UntilAsync(
            () => Task.FromResult(process.Get<PluginSwaps>().List().Any(p => p.Status is { Name: SwapWorld.Name, State: PluginState.Loaded })), "the plugin to be back");
        await process.Get<DeadLetterReplay>().RequestAsync(new ReplayRequest(new DeadLetterFilter { Ids = [letter.Id] }), CancellationToken.None);
        await _world.HandledAsync(1);
        await Signal.UntilAsync(
            async () => (await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None)).Count == 0, "the letter to be replayed");

        Assert.Equal(["hello from 1: us_evt_1"], _world.Handled);
        Assert.Single(_world.Told.Items, t => t == "edition 1");
    }

    [Fact]
    public async Task Held_events_come_again_and_the_other_handlers_have_them_once()
    {
        await RunOnceAsync();
        await SpoilAsync();
        Directory.Delete(Path.Combine(_world.World.Folder.Path, "plugins", SwapWorld.Name), recursive: true);
        _world.Plugins.Add("ClashOne");
        var driven = new Arrivals<TimeSpan>("settled deliveries");
        await using var process = await _world.StartAsync(o => o.WhenRefused = RefusedEvents.Hold);
        var delivery = new HeldDelivery("""{"id":"us_evt_1","topic":"space:updated","context":{"spaceId":"us_sp_1"},"payload":{}}""", driven);
        await process.Get<EventPipeline>().ProcessAsync(delivery);
        await process.Get<EventPipeline>().ProcessAsync(new HeldDelivery(delivery.Text, driven));

        Assert.Equal([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)], driven.Items);
        Assert.Single(_world.Told.Items, t => t == "edition 1");
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task A_plugin_that_was_never_good_keeps_nobody_waiting()
    {
        _world.Plugins.Add(SwapWorld.Name, []);
        _world.Plugins.Add("ClashOne");
        await using var process = await _world.StartAsync();
        _world.World.PublishEvent("us_evt_1");
        await Signal.UntilAsync(() => Task.FromResult(_world.Told.Items.Contains("edition 1")), "the other plugin to have the event");

        Assert.Equal([PluginState.Loaded, PluginState.Refused], process.Get<PluginSwaps>().List().Select(p => p.Status.State));
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    private static async Task<IReadOnlyList<DeadLetter>> LettersAsync(AgentProcess process, int count)
    {
        IReadOnlyList<DeadLetter> letters = [];
        await Signal.UntilAsync(
            async () => (letters = await process.Get<IDeadLetters>().ListAsync(100, CancellationToken.None)).Count >= count, $"{count} dead letters");
        return letters;
    }

    private async Task RunOnceAsync()
    {
        _world.Install(1);
        await using var process = await _world.StartAsync();
    }

    private async Task<string> SpoilAsync()
    {
        var folder = Path.Combine(_world.Plugins.Path, SwapWorld.Name);
        await File.WriteAllBytesAsync(Path.Combine(folder, "Shifting.dll"), []);
        return folder;
    }
}
