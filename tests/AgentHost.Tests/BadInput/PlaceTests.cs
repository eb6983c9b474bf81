using System.Net;
using System.Net.Sockets;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.BadInput;

/// <summary>Places the server cannot start in: one clear message, exit code 2, nothing half done.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("serve")]
    [InlineData("import")]
    public async Task APortInUseIsNamed(string command)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        (await StartAsync(command, "--port", $"{port}")).IsRefusal(2, $"Port {port}", "--port");
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("import")]
    [InlineData("env")]
    public async Task ADataFolderThatCannotBeWrittenIsNamed(string command)
    {
        var file = _folder.Write("occupied", "a file where the folder should be");

        (await StartAsync(command, "--data", file)).IsRefusal(2, file, "cannot be written", "--data");
        Assert.Equal("a file where the folder should be", File.ReadAllText(file));
    }

    [Fact]
    public async Task ADataFolderWithoutTheRightToWriteIsNamed()
    {
        // No user, root included, may make a folder there.
        var place = OperatingSystem.IsLinux() ? "/proc/agent-data" : _folder.Write("occupied", "");

        (await StartAsync("serve", "--data", place)).IsRefusal(2, place, "cannot be written", "--data");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("import")]
    [InlineData("env")]
    [InlineData("explain")]
    public async Task BrokenSettingsAreNamedByFileAndLine(string command)
    {
        _folder.Write("appsettings.json", "{\n  \"Agent\": {\n    \"Driver\" \"InProcess\"\n  }\n}\n");
        _folder.Write("event.json", """{"id":"us_evt_1","topic":"job:ready","context":{},"payload":{}}""");

        var result = command == "explain" ? await HostProgram.RunAsync(_folder.Path, ["explain", "event.json"]) : await StartAsync(command);

        result.IsRefusal(2, _folder["appsettings.json"] + ", line 3");
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task AnAddressOfFlatfileThatIsNoneIsNamed() =>
        (await HostProgram.RunAsync(_folder.Path, ["serve"], ("FLATFILE_API_URL", "platform.flatfile.com")))
            .IsRefusal(2, "platform.flatfile.com", "FLATFILE_API_URL");

    private Task<HostResult> StartAsync(string command, params string[] more)
    {
        string[] arguments = command == "import" ? ["import", _folder.Write("good.csv", "a\n1\n")] : [command];
        return HostProgram.RunAsync(_folder.Path, [.. arguments, .. more]);
    }
}
