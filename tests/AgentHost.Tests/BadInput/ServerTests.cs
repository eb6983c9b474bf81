using AgentHost.Tests.Support;

namespace AgentHost.Tests.BadInput;

/// <summary>Servers an import cannot use, and a folder two want.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AWrongKeyIsToldWithItsStatus()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        (await ImportAsync("--to", served.Url, "--key", "sk_wrong", "--json")).IsRefusal(2, "401", "the key was refused", "--key");
        Assert.Equal(0, await served.Client.Spaces.ListAsync().CountAsync());
    }

    [Fact]
    public async Task AnAddressWhereNobodyAnswersIsTold()
    {
        var url = "http://localhost:" + FreePort.Next();

        (await ImportAsync("--to", url, "--key", "sk_x", "--json")).IsRefusal(2, "No server answers at " + url);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task AnAddressWhereSomethingElseAnswersIsTold()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        (await ImportAsync("--to", served.Url + "/elsewhere", "--key", served.Key)).IsRefusal(2, "is not Flatfile");
    }

    [Fact]
    public async Task AFolderThatAnotherServesIsRefusedAndTheOtherGoesOn()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        (await HostProgram.RunAsync(_folder.Path, ["serve", "--port", FreePort.Next()])).IsRefusal(2, _folder["data"], "in use", served.Url, "--data");
        Assert.Equal(0, await served.Client.Spaces.ListAsync().CountAsync());
    }

    private Task<HostResult> ImportAsync(params string[] more) =>
        HostProgram.RunAsync(_folder.Path, ["import", _folder.Write("good.csv", "a\n1\n"), .. more]);
}
