using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Export;

/// <summary>An export that dies anywhere leaves one whole file and exact counts when a later run ends it.</summary>
public sealed class ExportKillTests : IAsyncLifetime
{
    private const int Rows = 12_345;

    private ExportWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await ExportWorld.StartAsync(ExportWorld.Sheet("Numbers", ("n", PropertyType.String)), ExportWorld.Sheet("More", ("n", PropertyType.String)));
        await _world.AddNumbersAsync(0, Rows);
        await _world.AddNumbersAsync(1, 10);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task KilledAtEveryCallAndEveryCheckpointItEndsWithOneFileAndExactCounts(string format)
    {
        for (var place = 1; ; place++)
        {
            var before = (await _world.FilesAsync()).Count;
            var context = await _world.JobAsync($$"""{"format":"{{format}}"}""");
            using var way = new DyingHandler(_world.Client.BaseAddress, place);
            context.BeforeSave = way.Pass;
            using var client = way.Client(_world.Server.Key);
            var died = await Record.ExceptionAsync(() => ExportWorld.RunAsync(context, client));
            context.BeforeSave = () => { };
            way.Revive();

            var result = await ExportWorld.RunAsync(context, client);

            var files = await _world.FilesAsync();
            Assert.Equal(before + 1, files.Count);
            Assert.Equal((long)Rows + 10, (long)result.Details!["rowsWritten"]!);
            Assert.Contains(files, f => f.Id == (string)result.Details["fileId"]! && f.Size == (long)result.Details["size"]!);
            if (died is null)
            {
                Assert.True(place > 8, $"Only {place} places were met.");
                break;
            }
        }
    }

    [Fact]
    public async Task ARowAddedAfterTheUploadOfARunThatDiedIsNotCounted()
    {
        var context = await _world.JobAsync("""{"format":"csv"}""");
        var saves = 0;
        context.BeforeSave = () => _ = ++saves == 2 ? throw new Crash() : 0;
        await Assert.ThrowsAsync<Crash>(() => ExportWorld.RunAsync(context, _world.Client));
        context.BeforeSave = () => { };
        await _world.AddAsync(0, """{"n":"new"}""");

        var result = await ExportWorld.RunAsync(context, _world.Client);

        Assert.Single(await _world.FilesAsync());
        Assert.Equal((long)Rows + 10, (long)result.Details!["rowsWritten"]!);
    }

    [Fact]
    public async Task AnAnswerThatBreaksOffFailsTheRunInsteadOfEndingTheFileThere()
    {
        var context = await _world.JobAsync("""{"format":"csv"}""");
        using var way = new DyingHandler(_world.Client.BaseAddress, int.MaxValue) { CutAfter = 20_000 };
        using var client = way.Client(_world.Server.Key);

        await Assert.ThrowsAnyAsync<IOException>(() => ExportWorld.RunAsync(context, client));

        Assert.Empty(await _world.FilesAsync());
    }
}
