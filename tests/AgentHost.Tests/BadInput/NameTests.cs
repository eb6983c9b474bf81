using AgentHost.Tests.Support;

namespace AgentHost.Tests.BadInput;

/// <summary>Names in the settings that stand for nothing: told with the known ones, exit code 2, nothing made on disk.</summary>
public sealed class NameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Driver", "rabitmq", "InProcess")]
    [InlineData("Engine", "Quarz", "Quartz")]
    public async Task AnUnknownNameIsToldWithTheKnownOnes(string setting, string name, string known)
    {
        _folder.Write("appsettings.json", $$"""{ "Agent": { "{{setting}}": "{{name}}" } }""");

        (await HostProgram.RunAsync(_folder.Path, ["serve", "--port", FreePort.Next()])).IsRefusal(2, name, known, "Agent:" + setting);
        Assert.False(Directory.Exists(_folder["data"]));
    }
}
