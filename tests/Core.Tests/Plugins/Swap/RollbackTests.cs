using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Plugins.Swap;

/// <summary>Going back to the version before: by command, and by itself when the new one fails too often.</summary>
public sealed class RollbackTests : IAsyncLifetime
{
    private SwapWorld _world = null!;

    public async Task InitializeAsync() => _world = await SwapWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task By_command_it_goes_back_and_stays_there_over_a_restart_until_the_folder_changes()
    {
        _world.Install(1);
        await using (var process = await _world.StartAsync())
        {
            var folder = _world.Install(2);
            await SwapWorld.InForceAsync(process, "2.0.0");

            var result = await process.Get<PluginSwaps>().RollbackAsync(SwapWorld.Name, CancellationToken.None);

            Assert.Equal(PluginSwapOutcome.Swapped, result.Outcome);
            Assert.Equal(
                "Plugin Shifting: Running 1.0.0 again; what lies in its folder is passed over until it changes. It was rolled back by command. It came from 2.0.0.",
                result.Message);
            _world.World.PublishEvent("us_evt_1");
            await _world.HandledAsync(1);

            // Touched, but the same: still what was rolled back from.
            File.SetLastWriteTimeUtc(Path.Combine(folder, "Shifting.dll"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            await Signal.UntilAsync(
                () => Task.FromResult(process.Get<PluginSwaps>().Tried(folder) == FolderContent.Signature(folder)), "the folder to be looked at");
            Assert.Equal("1.0.0", SwapWorld.Report(process).Status.Version);
        }

        await using var again = await _world.StartAsync();
        var status = SwapWorld.Report(again).Status;
        Assert.Equal("1.0.0", status.Version);
        Assert.StartsWith("Running 1.0.0 again", status.Notice, StringComparison.Ordinal);
        _world.World.PublishEvent("us_evt_2");
        await _world.HandledAsync(2);

        await File.WriteAllTextAsync(Path.Combine(_world.Plugins.Path, SwapWorld.Name, "fixed.txt"), "now it is good");
        await SwapWorld.InForceAsync(again, "2.0.0");
        _world.World.PublishEvent("us_evt_3");
        await _world.HandledAsync(3);

        Assert.Equal(["hello from 1: us_evt_1", "hello from 1: us_evt_2", "hello from 2: us_evt_3"], _world.Handled);
        Assert.Null(SwapWorld.Report(again).Status.Notice);
    }

    [Fact]
    public async Task By_command_what_was_passed_over_is_taken_all_the_same()
    {
        _world.Install(1);
        await using var process = await _world.StartAsync();
        var swaps = process.Get<PluginSwaps>();
        _world.Install(2);
        await SwapWorld.InForceAsync(process, "2.0.0");
        await swaps.RollbackAsync(SwapWorld.Name, CancellationToken.None);

        var result = await swaps.ReloadAsync(SwapWorld.Name, CancellationToken.None);

        Assert.Equal(new PluginSwapResult(PluginSwapOutcome.Swapped, "Plugin Shifting runs 2.0.0."), result);
        Assert.Equal("2.0.0", SwapWorld.Report(process).Status.Version);
        Assert.Equal(PluginSwapOutcome.Unchanged, (await swaps.ReloadAsync(SwapWorld.Name, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task Without_an_earlier_version_or_without_the_plugin_the_command_says_so()
    {
        _world.Install(1);
        await using var process = await _world.StartAsync();
        var swaps = process.Get<PluginSwaps>();

        Assert.Equal(
            new PluginSwapResult(PluginSwapOutcome.NotFound, "There is no earlier version of plugin Shifting to go back to; 2 are kept from the first swap on."),
            await swaps.RollbackAsync(SwapWorld.Name, CancellationToken.None));
        Assert.Equal(
            new PluginSwapResult(PluginSwapOutcome.NotFound, "There is no plugin named 'Sifting' in a folder. There are: Shifting."),
            await swaps.RollbackAsync("Sifting", CancellationToken.None));
    }

    [Fact]
    public async Task A_copy_that_was_tampered_with_is_not_gone_back_to()
    {
        _world.Install(1);
        await using var process = await _world.StartAsync();
        _world.Install(2);
        await SwapWorld.InForceAsync(process, "2.0.0");
        var earlier = Assert.Single(SwapWorld.Report(process).Earlier);
        await File.AppendAllTextAsync(Path.Combine(_world.World.Folder.Path, "plugins", SwapWorld.Name, earlier.Sha, "plugin.json"), " ");

        var result = await process.Get<PluginSwaps>().RollbackAsync(SwapWorld.Name, CancellationToken.None);

        Assert.Equal(PluginSwapOutcome.Refused, result.Outcome);
        Assert.Contains("its copy is damaged or gone", result.Message, StringComparison.Ordinal);
        Assert.Equal("2.0.0", SwapWorld.Report(process).Status.Version);
    }

    [Fact]
    public async Task A_new_version_that_fails_too_often_goes_back_by_itself_and_its_events_are_handled_by_the_old_one()
    {
        _world.Install(1);
        _world.Fault = said => said.Contains("from 2", StringComparison.Ordinal) ? new FormatException("Version 2 cannot read it.") : null;
        await using var process = await _world.StartAsync(o =>
        {
            o.PluginWatch.MinEvents = 10;
            o.Events.FirstDelay = TimeSpan.FromMilliseconds(300);
            o.Events.MaxAttempts = 50;
        });
        _world.Install(2);
        await SwapWorld.InForceAsync(process, "2.0.0");
        for (var i = 0; i < 12; i++)
        {
            _world.World.PublishEvent($"us_evt_{i}", $"us_sp_{i}");
        }

        await _world.HandledAsync(12);

        var status = SwapWorld.Report(process).Status;
        Assert.Equal("1.0.0", status.Version);
        Assert.Matches("^Running 1.0.0 again; what lies in its folder is passed over until it changes. 1[0-2] of its 1[0-2] calls failed \\(limit 50 %\\), so it was rolled back by itself. It came from 2.0.0.$", status.Notice);
        Assert.All(_world.Handled, h => Assert.StartsWith("hello from 1", h, StringComparison.Ordinal));
        Assert.Equal(12, _world.Handled.Distinct().Count());
        Assert.Contains(process.Log.Lines, l => l.Level == LogLevel.Error && l.Text.Contains("rolled back by itself", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faults_of_others_and_failures_below_the_limit_leave_the_new_version_in_force()
    {
        _world.Install(1);
        var calls = 0;
        _world.Fault = said => !said.Contains("from 2", StringComparison.Ordinal) ? null
            : (Interlocked.Increment(ref calls) % 3) switch
            {
                0 => new HttpRequestException("Flatfile is away."),
                1 => new JobFailedException("The person must do something."),
                _ => null,
            };
        await using var process = await _world.StartAsync(o => o.PluginWatch.MinEvents = 5);
        _world.Install(2);
        await SwapWorld.InForceAsync(process, "2.0.0");
        for (var i = 0; i < 30; i++)
        {
            _world.World.PublishEvent($"us_evt_{i}", $"us_sp_{i}");
        }

        await Signal.UntilAsync(() => Task.FromResult(calls >= 30), "thirty calls");

        Assert.Equal("2.0.0", SwapWorld.Report(process).Status.Version);
        Assert.Equal(PluginState.Loaded, SwapWorld.Report(process).Status.State);
    }
}
