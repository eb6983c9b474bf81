using AgentHost.Tests.Support;

namespace AgentHost.Tests.BadInput;

/// <summary>Commands that cannot be carried out: told at once, with exit code 2, and nothing is made on disk.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryFileThatIsNotThereIsNamed()
    {
        _folder.Write("good.csv", "a\n1\n");

        var result = await RunAsync("import", "good.csv", "nowhere.csv", "gone/lost.csv", _folder.Path);

        result.IsRefusal(2, "nowhere.csv: there is no such file", "gone/lost.csv: there is no such file", _folder.Path + ": is a folder", "Nothing was done");
        NothingWasMade();
    }

    [Fact]
    public async Task AnImportWithoutFilesIsAUsageFault() => (await RunAsync("import")).IsRefusal(2, "FILE", "./agent import --help");

    [Fact]
    public async Task AnUnknownCommandIsAUsageFault() => (await RunAsync("imprt", "a.csv")).IsRefusal(2, "imprt", "--help");

    [Theory]
    [InlineData("serve")]
    [InlineData("import", "good.csv")]
    [InlineData("dead", "list")]
    [InlineData("record", "--event", "us_evt_1")]
    [InlineData("explain", "event.json")]
    public async Task ASettingThatCannotBeReadIsNamedWithTheNamesThereAre(params string[] arguments)
    {
        _folder.Write("good.csv", "a\n1\n");
        _folder.Write("event.json", """{"id":"us_evt_1","topic":"space:updated","domain":"x","context":{},"payload":{}}""");
        Directory.CreateDirectory(_folder["data"]);

        var result = await HostProgram.RunAsync(_folder.Path, arguments, ("Agent__Recording__Keep", "Failres"));

        result.IsRefusal(2, "'Failres' at 'Agent:Recording:Keep'", "Known: Failures, All, Off.", "appsettings.json");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    [InlineData("web")]
    public async Task APortThatIsNoneIsAUsageFault(string port) => (await RunAsync("--port", port)).IsRefusal(2, port);

    [Fact]
    public async Task AnAddressThatIsNoneIsAUsageFault()
    {
        _folder.Write("good.csv", "a\n1\n");

        (await RunAsync("import", "good.csv", "--to", "localhost", "--key", "sk_x")).IsRefusal(2, "--to localhost", "http://");
    }

    [Fact]
    public async Task AServerWithoutAKeyIsAUsageFault()
    {
        _folder.Write("good.csv", "a\n1\n");

        (await RunAsync("import", "good.csv", "--to", "http://localhost:5080")).IsRefusal(2, "--key");
        NothingWasMade();
    }

    [Theory]
    [InlineData("{ \"id\": \"us_evt_1\" }", "topic")]
    [InlineData("not JSON", "JSON")]
    [InlineData("[]", "object")]
    public async Task AnEventThatIsNoneIsSaidToBe(string text, string says)
    {
        _folder.Write("event.json", text);

        (await RunAsync("explain", "event.json")).IsRefusal(2, "event.json is not an event", says);
    }

    private Task<HostResult> RunAsync(params string[] arguments) => HostProgram.RunAsync(_folder.Path, arguments);

    private void NothingWasMade() => Assert.False(Directory.Exists(_folder["data"]));
}
