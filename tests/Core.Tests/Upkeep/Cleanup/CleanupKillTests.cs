using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Upkeep.Cleanup;

namespace Core.Tests.Upkeep.Cleanup;

/// <summary>The process dies at each step of a cleanup. A space is whole, or a whole export of it lies in the folder.</summary>
public sealed class CleanupKillTests : IAsyncLifetime
{
    private CleanupWorld _world = null!;

    public async Task InitializeAsync() => _world = await CleanupWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [Trait("Row", "C-01")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_at_any_step_and_at_any_call_it_loses_nothing_and_the_next_one_ends_it(bool serverMakesArchives)
    {
        var deaths = 0;
        for (var at = 1; ; at++, _world.Slot += TimeSpan.FromDays(7))
        {
            var space = await _world.AddAsync();
            if (!await DiesAsync(at, serverMakesArchives))
            {
                break;
            }

            deaths++;
            await CheckAsync(space, 3);
            await LiveAsync(serverMakesArchives);
            Assert.False(await _world.ExistsAsync(space));
            await CheckAsync(space, 3);
            Assert.Empty(Directory.GetFiles(_world.Exports, "*.part"));
        }

        // Every step, every store and every call before and after.
        Assert.InRange(deaths, 40, 200);
    }

    [Fact]
    [Trait("Row", "C-01")]
    public async Task Of_fifty_spaces_none_is_ever_without_its_data_or_its_export_however_often_it_is_killed()
    {
        const int count = 50;
        var spaces = new Dictionary<string, int>();
        for (var i = 0; i < count; i++)
        {
            spaces[await _world.AddAsync(i)] = i;
        }

        _world.Options.Cleanup.MaxPerRun = count;
        var deaths = 0;
        while (await DiesAsync(3 + (deaths * 7 % 60), serverMakesArchives: true))
        {
            deaths++;
            foreach (var (space, records) in spaces)
            {
                await CheckAsync(space, records);
            }
        }

        Assert.True(deaths > count, $"{deaths} deaths");
        foreach (var (space, records) in spaces)
        {
            Assert.False(await _world.ExistsAsync(space));
            await using var file = File.OpenRead(PathOf(space));
            var again = await _world.Client.Spaces.ImportAsync(file);
            Assert.Equal(records, (await _world.Client.Sheets.GetRecordCountsAsync(await _world.SheetOfAsync(again.Id))).Total);
        }
    }

    /// <summary>One life that ends at a step. False when it came to its end before.</summary>
    private async Task<bool> DiesAsync(int at, bool serverMakesArchives)
    {
        using var wire = new Wire();
        var steps = 0;
        Task Count(string step) => ++steps >= at ? throw new Death() : Task.CompletedTask;

        wire.Before = call =>
        {
            _ = Count(call);
            return !serverMakesArchives && call.EndsWith("/export", StringComparison.Ordinal) ? CleanupWorld.NotFound() : null;
        };
        wire.After = async (call, answer) =>
        {
            await Count(call);
            return answer;
        };
        try
        {
            await _world.RunAsync(step: Count, wire: wire);
            return false;
        }
        catch (Death)
        {
            return true;
        }
    }

    private async Task LiveAsync(bool serverMakesArchives)
    {
        if (!serverMakesArchives)
        {
            _world.HasNoArchive();
        }

        await _world.RunAsync();
    }

    private string PathOf(string space) => Path.Combine(_world.Exports, space + ".zip");

    /// <summary>Looks with other eyes than the cleanup's: at the server, else at the file, its note and every entry.</summary>
    private async Task CheckAsync(string space, int records)
    {
        if (await _world.ExistsAsync(space))
        {
            Assert.Equal(records, (await _world.Client.Sheets.GetRecordCountsAsync(await _world.SheetOfAsync(space))).Total);
            return;
        }

        var note = JsonNode.Parse(await File.ReadAllTextAsync(PathOf(space) + ".json"))!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(PathOf(space)))), (string)note["sha256"]!);
        Assert.Equal(records, (long)note["sheets"]![0]!["records"]!);
        await using var zip = await ZipFile.OpenReadAsync(PathOf(space));
        foreach (var entry in zip.Entries)
        {
            await using var bytes = await entry.OpenAsync();
            await bytes.CopyToAsync(Stream.Null);
        }

        if (zip.Entries.SingleOrDefault(e => e.FullName.StartsWith("records/", StringComparison.Ordinal)) is { } rows)
        {
            using var reader = new StreamReader(await rows.OpenAsync());
            Assert.Equal(records, (await reader.ReadToEndAsync()).Count(c => c == '\n'));
        }
        else
        {
            Assert.Contains(zip.Entries, e => e.FullName == "space.db");
        }
    }
}
