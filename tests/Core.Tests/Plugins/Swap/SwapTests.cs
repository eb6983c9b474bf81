using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Plugins.Swap;

/// <summary>What happens to events and work when a plugin's folder changes under a running agent.</summary>
public sealed class SwapTests : IAsyncLifetime
{
    private SwapWorld _world = null!;

    public async Task InitializeAsync() => _world = await SwapWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    [Trait("Row", "J-26")]
    public async Task New_events_go_to_the_new_version_while_an_event_and_a_job_in_hand_end_on_the_old_one()
    {
        _world.Install(1);
        var (eventHold, jobHold) = (_world.Hold("hello from 1: us_evt_1"), _world.Hold("job of 1"));
        await using var process = await _world.StartAsync();
        _world.World.PublishEvent("us_evt_1", "us_sp_1");
        var job = _world.World.PublishJob(space: "us_sp_2");
        await _world.Waiting.WaitForAsync(2);

        _world.Install(2);
        await SwapWorld.InForceAsync(process, "2.0.0");
        _world.World.PublishEvent("us_evt_2", "us_sp_3");
        await _world.HandledAsync(1);

        Assert.Equal(["hello from 2: us_evt_2"], _world.Handled);

        // The old version drains as soon as no catalogue holds it any more, a moment after the new one is in force.
        await Signal.UntilAsync(() => Task.FromResult(SwapWorld.Report(process).Draining.Count > 0), "the old version to drain");
        var draining = Assert.Single(SwapWorld.Report(process).Draining);
        Assert.Equal("1.0.0", draining.Version.Version);
        Assert.True(draining.Uses >= 2);
        Assert.DoesNotContain("disposed 1", _world.Told.Items);

        eventHold.Set();
        jobHold.Set();
        await _world.World.Flatfile.Ended.WaitForAsync(1);
        await Signal.WaitAsync(process.Get<PluginSwaps>().Drain.WhenDone(), "the old version to be gone");

        Assert.Contains("hello from 1: us_evt_1", _world.Handled);
        Assert.Equal("hello from 1", job.Outcome!["message"]!.GetValue<string>());
        Assert.Single(_world.Told.Items, t => t == "disposed 1");
        Assert.True(_world.Told.Items.ToList().IndexOf("disposed 1") > _world.Told.Items.ToList().FindLastIndex(t => t == "visited hello from 1"));
        var report = SwapWorld.Report(process);
        Assert.Empty(report.Draining);
        Assert.Equal(0, report.Unloading);
        Assert.Equal("1.0.0", Assert.Single(report.Earlier).Version);
        Assert.Null(report.Status.Notice);
    }

    [Fact]
    public async Task A_try_after_a_failure_goes_to_the_version_that_is_in_force_by_then()
    {
        _world.Install(1);
        var failed = new Signal("the first try to fail");
        _world.Fault = said =>
        {
            if (!said.Contains("from 1", StringComparison.Ordinal))
            {
                return null;
            }

            failed.Set();
            return new InvalidOperationException("Version 1 cannot.");
        };
        await using var process = await _world.StartAsync(o =>
        {
            o.Events.FirstDelay = TimeSpan.FromMilliseconds(50);
            o.Events.MaxDelay = TimeSpan.FromMilliseconds(100);
            o.Events.MaxAttempts = 500;
        });
        _world.World.PublishEvent("us_evt_1");
        await failed.WaitAsync();

        _world.Install(2);
        await Signal.UntilAsync(() => Task.FromResult(_world.Handled.Count > 0), "the event to be handled");

        Assert.Equal(["hello from 2: us_evt_1"], _world.Handled);
    }

    [Fact]
    public async Task A_new_folder_is_a_new_plugin_and_a_folder_taken_away_is_none()
    {
        await using var process = await _world.StartAsync();
        _world.World.PublishEvent("us_evt_nobody");
        _world.Install(1);
        await SwapWorld.InForceAsync(process, "1.0.0");
        _world.World.PublishEvent("us_evt_1");
        await _world.HandledAsync(1);

        Directory.Delete(Path.Combine(_world.Plugins.Path, SwapWorld.Name), recursive: true);
        await Signal.UntilAsync(() => Task.FromResult(process.Get<PluginSwaps>().List().Count == 0), "the plugin to be gone");
        await Signal.UntilAsync(() => Task.FromResult(_world.Told.Items.Contains("disposed 1")), "its services to be disposed");
        await Signal.WaitAsync(process.Get<PluginSwaps>().Drain.WhenDone(), "its code to be gone");
        _world.World.PublishEvent("us_evt_2");
        _world.World.PublishJob();
        await Signal.UntilAsync(() => Task.FromResult(_world.World.Feed.ReadUpTo == 4), "all events to be read");

        Assert.Equal(["hello from 1: us_evt_1", "visited hello from 1", "disposed 1"], _world.Told.Items.Skip(1));
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
        Assert.Empty(await process.Get<ITicketStore>().WaitingAsync(CancellationToken.None));
        Assert.Contains(process.Log.Lines, l => l.Text.StartsWith("Plugin Shifting 1.0.0 (", StringComparison.Ordinal) && l.Text.EndsWith("is out of memory", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "J-25")]
    public async Task The_jobs_of_a_folder_taken_away_wait_until_it_is_back()
    {
        _world.Install(1);
        var hold = _world.Hold("job of 1");
        await using var process = await _world.StartAsync();
        var running = _world.World.PublishJob();
        await _world.Waiting.WaitForAsync(1);
        var waiting = _world.World.PublishJob();
        await Signal.UntilAsync(() => Task.FromResult(_world.World.Feed.ReadUpTo == 2), "both events to be read");

        Directory.Delete(Path.Combine(_world.Plugins.Path, SwapWorld.Name), recursive: true);
        await Signal.UntilAsync(() => Task.FromResult(process.Get<PluginSwaps>().List().Count == 0), "the plugin to be gone");
        hold.Set();
        await Signal.UntilAsync(
            () => Task.FromResult(process.Log.Lines.Any(l => l.Text.Contains("The job waits until it is back.", StringComparison.Ordinal))), "the job to be put back");

        Assert.Equal("hello from 1", running.Outcome!["message"]!.GetValue<string>());
        Assert.Equal("ready", waiting.Status);
        Assert.StartsWith(
            "Plugin Shifting was taken away at ", Assert.Single(await process.Get<ITicketStore>().WaitingAsync(CancellationToken.None)).Reason, StringComparison.Ordinal);

        _world.Install(2);
        await _world.World.Flatfile.Ended.WaitForAsync(2);
        Assert.Equal("hello from 2", waiting.Outcome!["message"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Row", "F-22")]
    public async Task A_copy_that_was_cut_off_is_refused_and_the_old_version_goes_on_until_a_whole_one_comes()
    {
        _world.Install(1);
        await using var process = await _world.StartAsync();
        var dll = Path.Combine(_world.Install(2), "Shifting.dll");
        var whole = await File.ReadAllBytesAsync(dll);
        await File.WriteAllBytesAsync(dll, whole[..(whole.Length * 2 / 3)]);
        await SwapWorld.NoticeAsync(process, "is refused");

        var status = SwapWorld.Report(process).Status;
        Assert.Equal((PluginState.Loaded, "1.0.0"), (status.State, status.Version));
        Assert.StartsWith("Running 1.0.0; what lies in its folder now (2.0.0) is refused: Shifting.dll", status.Notice, StringComparison.Ordinal);
        Assert.Contains("Copy the plugin again", status.Notice, StringComparison.Ordinal);
        _world.World.PublishEvent("us_evt_1");
        await _world.HandledAsync(1);
        Assert.Equal(["hello from 1: us_evt_1"], _world.Handled);

        await File.WriteAllBytesAsync(dll, whole);
        await SwapWorld.InForceAsync(process, "2.0.0");
        Assert.Null(SwapWorld.Report(process).Status.Notice);
    }

    [Fact]
    public async Task A_copy_in_progress_is_left_alone_until_it_is_still()
    {
        _world.Install(1);
        await using var process = await _world.StartAsync(o => o.PluginWatch.Quiet = TimeSpan.FromSeconds(2));
        var folder = _world.Install(2);
        var slow = Path.Combine(folder, "large.dat");

        // Longer in progress than the watcher needs to see it, with never two seconds of rest.
        for (var i = 0; i < 30; i++)
        {
            await File.AppendAllTextAsync(slow, "more ");
            await Task.Delay(100);
            Assert.Equal("1.0.0", SwapWorld.Report(process).Status.Version);
        }

        await SwapWorld.InForceAsync(process, "2.0.0");
        Assert.DoesNotContain(process.Log.Lines, l => l.Text.Contains("is not swapped", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Row", "F-22")]
    [Trait("Row", "F-23")]
    public async Task A_new_version_with_wrong_settings_is_refused_with_all_faults_and_the_old_one_goes_on()
    {
        _world.Settings["greeting"] = "hello";
        _world.Settings["size"] = "3";
        _world.Install(1);
        await using var process = await _world.StartAsync();
        var folder = _world.Install(2);
        var manifest = await File.ReadAllTextAsync(Path.Combine(folder, "plugin.json"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "plugin.json"),
            manifest.Replace("\"maximum\": 100", "\"maximum\": 2", StringComparison.Ordinal).Replace("\"default\": \"hello\"", "\"enum\": [\"hi\", \"ahoy\"]", StringComparison.Ordinal));
        await SwapWorld.NoticeAsync(process, "is refused");

        Assert.Equal(
            "Running 1.0.0; what lies in its folder now (2.0.0) is refused: Its settings are not right. "
            + "Agent:Plugins:Shifting:greeting must be one of hi, ahoy. Agent:Plugins:Shifting:size must be at most 2.",
            SwapWorld.Report(process).Status.Notice);
    }

    [Fact]
    public async Task Code_that_something_holds_is_told_with_its_plugins_name()
    {
        _world.Settings["leaky"] = "true";
        _world.Settings["stubborn"] = "true";
        _world.Install(1);
        await using var process = await _world.StartAsync(o => o.PluginWatch.UnloadLimit = TimeSpan.FromMilliseconds(300));
        _world.World.PublishEvent("us_evt_1");
        await _world.HandledAsync(1);
        _world.Install(2);
        await SwapWorld.InForceAsync(process, "2.0.0");
        await Signal.UntilAsync(() => Task.FromResult(process.Log.Lines.Any(l => l.Text.Contains("still in memory", StringComparison.Ordinal))), "the verdict");

        Assert.Equal(1, SwapWorld.Report(process).Unloading);
        Assert.Contains(process.Log.Lines, l => l.Text.Contains("Plugin Shifting 1.0.0", StringComparison.Ordinal) && l.Text.Contains("still in memory", StringComparison.Ordinal));
        Assert.Contains(process.Log.Lines, l => l.Text.Contains("a service of its own throws when it is disposed", StringComparison.Ordinal));
    }
}
