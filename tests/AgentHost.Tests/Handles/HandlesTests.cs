using System.Globalization;
using System.Net;
using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Handles;

/// <summary>The real host in a process that may hold few files and connections at once.</summary>
public sealed class HandlesTests : IDisposable
{
    private const int Handles = 640;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = int.Parse(FreePort.Next(), CultureInfo.InvariantCulture);

    public HandlesTests()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Fatal"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "Fatal", "Fatal.dll"), Path.Combine(plugin.FullName, "Fatal.dll"));
        Directory.CreateDirectory(_folder["witness"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Row", "F-21")]
    public async Task MoreCallersThanHandlesAreRefusedWithTheReasonAndWhatWasAcceptedIsDone()
    {
        await using var host = Start(Handles);
        await Signal.UntilAsync(() => Task.FromResult(Said().Contains("Ctrl-C", StringComparison.Ordinal)), "the server to serve; it said: " + Said(), Limit);
        using var client = new FlatfileClient(new FlatfileClientOptions
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Token = (await File.ReadAllTextAsync(Path.Combine(_folder["data"], "development-key"))).Trim(),
        });
        await client.Spaces.CreateAsync(new SpaceConfig { Name = "before" });
        await WitnessedAsync("before");

        using (new Crowd(_port, 2 * Handles))
        {
            var (status, body) = await AskAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains("All connections this server can hold are taken.", body, StringComparison.Ordinal);

            // Who is connected already is served.
            await client.Spaces.CreateAsync(new SpaceConfig { Name = "meanwhile" });
            Assert.False(host.HasExited, Said());
        }

        await Signal.UntilAsync(async () => (await AskAsync()).Status == HttpStatusCode.OK, "an answer once the crowd was gone", Limit);
        await WitnessedAsync("meanwhile");
        await client.Spaces.CreateAsync(new SpaceConfig { Name = "afterwards" });
        await WitnessedAsync("afterwards");

        Assert.False(host.HasExited, Said());
        Assert.Contains($"This process may hold {Handles} files and connections.", Said(), StringComparison.Ordinal);
        Assert.All(["before", "meanwhile", "afterwards"], name => Assert.Single(File.ReadAllLines(Path.Combine(_folder["witness"], name))));
    }

    [Theory]
    [Trait("Row", "F-21")]
    [InlineData(64)]
    [InlineData(300)]
    public async Task WithTooFewNothingIsBegunAndTheReasonIsSaid(int handles)
    {
        await using var host = Start(handles);
        await Signal.UntilAsync(() => Task.FromResult(host.HasExited), "the end of the program", Limit);

        Assert.Contains($"error: This process may hold {handles} files and connections at once; it needs 512.", Said(), StringComparison.Ordinal);
        Assert.Contains("ulimit -n", Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Said(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    private GuardedProcess Start(int handles)
    {
        var environment = new Dictionary<string, string> { ["WITNESS_FOLDER"] = _folder["witness"], ["Agent__PluginFolders__0"] = _folder["drop"] };
        foreach (var name in (string[])["PATH", "HOME", "TMPDIR", "DOTNET_ROOT"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        return GuardedProcess.Start(
            "/bin/sh",
            ["-c", "ulimit -n \"$0\" && exec dotnet \"$@\"", handles.ToString(CultureInfo.InvariantCulture), HostProgram.Dll, "serve", "--data", _folder["data"], "--port", _port.ToString(CultureInfo.InvariantCulture)],
            environment,
            _folder["said"]);
    }

    private string Said()
    {
        if (!File.Exists(_folder["said"]))
        {
            return string.Empty;
        }

        using var reader = new StreamReader(new FileStream(_folder["said"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private Task WitnessedAsync(string name)
    {
        var file = Path.Combine(_folder["witness"], name);
        return Signal.UntilAsync(() => Task.FromResult(File.Exists(file) && new FileInfo(file).Length > 0), $"'{name}' to be witnessed", Limit);
    }

    /// <summary>Over a connection of its own.</summary>
    private async Task<(HttpStatusCode Status, string Body)> AskAsync()
    {
        using var http = new HttpClient { Timeout = Limit };
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_port}/"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
