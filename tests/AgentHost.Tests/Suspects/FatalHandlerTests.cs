using System.Globalization;
using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Api;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace AgentHost.Tests.Suspects;

/// <summary>Handlers that end the process they run in, in the real host: one death of the host, the others elsewhere, and nobody else suffers.</summary>
public sealed class FatalHandlerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();

    public FatalHandlerTests()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Fatal"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "Fatal", "Fatal.dll"), Path.Combine(plugin.FullName, "Fatal.dll"));
        Directory.CreateDirectory(_folder["witness"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit", "exit code 7", "")]
    [InlineData("fail fast", "exit code 134, SIGABRT", "The state is beyond repair.")]
    [InlineData("overflow", "exit code 134, SIGABRT", "Fatal.Killer.Deeper")]
    [InlineData("callback", "exit code 134, SIGABRT", "thrown where nobody waits")]
    [InlineData("thread", "exit code 134, SIGABRT", "thrown on a thread of its own")]
    [Trait("Row", "E-16")]
    [Trait("Row", "F-24")]
    public async Task TheEventIsGivenUpAfterThreeDeathsOfWhichTheHostDiesOne(string way, string exit, string lastWords)
    {
        await using (var first = await StartAsync())
        {
            await CreateAsync(first, way);
            Assert.NotEqual(0, (await first.Program.EndAsync()).ExitCode);
        }

        await using var second = await StartAsync();
        await CreateAsync(second, "before");
        var letter = await LetterAsync();
        await CreateAsync(second, "after");

        Assert.Equal("killer", letter.Handler);
        Assert.Equal($"The process died 3 times while handling this event ({exit})", letter.Reason);
        Assert.Contains(lastWords, letter.Stack, StringComparison.Ordinal);
        Assert.Equal(3, letter.Attempts);
        var host = second.Program.Id.ToString(CultureInfo.InvariantCulture);
        Assert.Equal([host], await WitnessedAsync("before"));
        Assert.Equal([host], await WitnessedAsync("after"));
        Assert.Single(await WitnessedAsync(way));
        Assert.True(second.Program.IsRunning);
    }

    [Fact]
    [Trait("Row", "F-24")]
    public async Task AHandlerThatKillsWithEachOfItsEventsEndsTheHostTwiceAtMost()
    {
        string[] ways = ["at once 1", "at once 2", "at once 3", "at once 4"];
        await using (var first = await StartAsync())
        {
            await Task.WhenAll(ways.Select(way => CreateAsync(first, way)));
            Assert.NotEqual(0, (await first.Program.EndAsync()).ExitCode);
        }

        var host = await StartAsync();
        try
        {
            // Those whose creation was cut off by the first death are created anew.
            var there = await host.Client.Spaces.ListAsync().Select(s => s.Name).ToListAsync();
            await Task.WhenAll(ways.Except(there).Select(way => CreateAsync(host, way)));
            if (await Task.WhenAny(AllWitnessedAsync(ways), host.Program.EndAsync()) is Task<HostResult>)
            {
                await host.DisposeAsync();
                host = await StartAsync();
            }

            await AllWitnessedAsync(ways);
            Assert.True(host.Program.IsRunning);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Row", "E-17")]
    public async Task AHandlerThatCannotBeStoppedBringsTheHostDownOnceInOrderAndIsThenStoppedElsewhere()
    {
        (string, string)[] impatient =
        [
            ("Agent__Handlers__killer__AttemptTimeout", "00:00:01"), ("Agent__StopPatience", "00:00:00.5"),
            ("Agent__Events__MaxStuckHandlers", "1"), ("Agent__Events__MaxAttempts", "2"), ("Agent__Events__FirstDelay", "00:00:05"),
        ];
        await using (var first = await StartAsync(impatient))
        {
            await CreateAsync(first, "stuck");
            Assert.Equal(75, (await first.Program.EndAsync()).ExitCode);
        }

        await using var second = await StartAsync(impatient);
        var letter = await LetterAsync();
        await CreateAsync(second, "after");

        Assert.Equal("killer", letter.Handler);
        Assert.Equal("The handler took longer than 00:00:01 and did not end when it was told to. (tried 2 times)", letter.Reason);
        Assert.Equal([second.Program.Id.ToString(CultureInfo.InvariantCulture)], await WitnessedAsync("after"));
        Assert.True(second.Program.IsRunning);
    }

    private Task<ServedFolder> StartAsync(params (string Name, string Value)[] settings) => ServedFolder.StartAsync(
        _folder, [("Agent__PluginFolders__0", _folder["drop"]), ("WITNESS_FOLDER", _folder["witness"]), .. settings]);

    /// <summary>The host may die before it answers.</summary>
    private static async Task CreateAsync(ServedFolder host, string name)
    {
        try
        {
            await host.Client.Spaces.CreateAsync(new SpaceConfig { Name = name });
        }
        catch (Exception fault) when (fault is HttpRequestException or FlatfileApiException or IOException)
        {
            Assert.DoesNotContain(name, (string[])["before", "after"]);
        }
    }

    private async Task<(string Handler, string Reason, string Stack, int Attempts)> LetterAsync()
    {
        await using var store = new SqliteFile(Path.Combine(_folder["data"], "agent", "agent.db"));
        (string, string, string, int)? found = null;
        await Signal.UntilAsync(async () => (found = await store.ReadAsync(Read, CancellationToken.None)) is not null, "a dead letter", Limit);
        return found!.Value;

        static (string, string, string, int)? Read(SqliteConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT handler_id, reason, stack, attempts FROM dead_letters";
            using var rows = command.ExecuteReader();
            return rows.Read() ? (rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetInt32(3)) : null;
        }
    }

    private Task AllWitnessedAsync(string[] names) => Task.WhenAll(names.Select(WitnessedAsync));

    private async Task<string[]> WitnessedAsync(string name)
    {
        var file = Path.Combine(_folder["witness"], name);
        await Signal.UntilAsync(() => Task.FromResult(File.Exists(file) && new FileInfo(file).Length > 0), $"'{name}' to be witnessed", Limit);
        return await File.ReadAllLinesAsync(file);
    }
}
