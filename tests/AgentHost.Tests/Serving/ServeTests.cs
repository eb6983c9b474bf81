using AgentHost.Tests.Support;

namespace AgentHost.Tests.Serving;

public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheStartSaysWhereThingsAreAndNotTheKey()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        var output = served.Program.Output;
        Assert.All(
            (string[])[served.Url, _folder["data"], "us_env_", "development-key", "OurAirports", "Flatfile.Agent.Handlers", "InProcess", "Quartz", "sqlite"],
            fact => Assert.Contains(fact, output));
        Assert.DoesNotContain(served.Key, output);
        Assert.Empty(served.Program.Error);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task AStopLeavesACleanFolder(string signal)
    {
        await using (var served = await ServedFolder.StartAsync(_folder))
        {
            await served.Client.Spaces.CreateAsync(new Flatfile.Api.SpaceConfig { Name = "Kept" });
            served.Program.Signal(signal);
            var result = await served.Program.EndAsync();

            Assert.Equal(0, result.ExitCode);
            Assert.EndsWith("Stopped.\n", result.Output);
            Assert.Empty(result.Error);
        }

        Assert.False(File.Exists(Path.Combine(_folder["data"], "server.json")));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder["data"], "*-wal", SearchOption.AllDirectories), f => new FileInfo(f).Length > 0);
        await using var again = await ServedFolder.StartAsync(_folder);
        Assert.Equal(["Kept"], await again.Client.Spaces.ListAsync().Select(s => s.Name).ToListAsync());
    }

    [Fact]
    public async Task ItAnswersOnThisMachineOnly()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        var others = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && !System.Net.IPAddress.IsLoopback(a));

        foreach (var address in others)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => socket.ConnectAsync(address, new Uri(served.Url).Port));
        }
    }

    [Fact]
    public async Task ItStartsWithinTwoSecondsAndIdlesBelow200Megabytes()
    {
        const int tries = 5;
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < tries && fastest > TimeSpan.FromSeconds(2); i++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await using var served = await ServedFolder.StartAsync(_folder);
            var took = TimeProvider.System.GetElapsedTime(begun);
            fastest = took < fastest ? took : fastest;
            using var process = System.Diagnostics.Process.GetProcessById(served.Program.Id);
            Assert.InRange(process.WorkingSet64, 1, 200_000_000);
        }

        Assert.True(fastest <= TimeSpan.FromSeconds(2), $"The fastest of {tries} starts took {fastest}.");
    }
}
