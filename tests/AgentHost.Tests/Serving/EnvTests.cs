using AgentHost.Tests.Support;

namespace AgentHost.Tests.Serving;

public sealed class EnvTests : IDisposable
{
    private static readonly string[] Names = ["FLATFILE_API_URL", "AGENT_INTERNAL_URL", "FLATFILE_API_KEY", "FLATFILE_BEARER_TOKEN", "FLATFILE_ENVIRONMENT_ID"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ANewFolderGetsItsKeyAndTheLinesNameThePort()
    {
        var values = Read(await HostProgram.RunAsync(_folder.Path, ["env", "--port", "5099"]));

        Assert.Equal("http://localhost:5099", values["FLATFILE_API_URL"]);
        Assert.Equal("http://localhost:5099", values["AGENT_INTERNAL_URL"]);
        Assert.Equal(File.ReadAllText(Path.Combine(_folder["data"], "development-key")).Trim(), values["FLATFILE_API_KEY"]);
        Assert.Equal(values["FLATFILE_API_KEY"], values["FLATFILE_BEARER_TOKEN"]);
        Assert.StartsWith("us_env_", values["FLATFILE_ENVIRONMENT_ID"]);
    }

    [Fact]
    public async Task ARunningServerIsNamedAndItsKeyOpensIt()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        var values = Read(await HostProgram.RunAsync(_folder.Path, ["env"]));

        Assert.Equal(served.Url, values["FLATFILE_API_URL"]);
        Assert.Equal(values["FLATFILE_ENVIRONMENT_ID"], await served.Client.Environments.ListAsync().Select(e => e.Id).FirstAsync());
    }

    [Fact]
    public async Task PowerShellHasItsOwnForm()
    {
        var result = await HostProgram.RunAsync(_folder.Path, ["env", "--shell", "pwsh"]);

        Assert.Equal(Names.Select(n => $"$env:{n} = '"), result.Output.TrimEnd('\n').Split('\n').Select(l => l[..(l.IndexOf('\'') + 1)]));
    }

    [Fact]
    public async Task ItsOwnLinesDoNotKeepTheServerFromServing()
    {
        await using var served = await ServedFolder.StartAsync(_folder);
        var port = FreePort.Next();

        await using var other = HostProgram.Start(
            _folder.Path, ["--data", "other", "--port", port], ("FLATFILE_API_URL", "http://localhost:" + port), ("FLATFILE_API_KEY", served.Key));
        await other.ServingAsync();

        Assert.Contains("Spaces", other.Output);
    }

    private static Dictionary<string, string> Read(HostResult result)
    {
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, l => Assert.Matches("^export [A-Z_]+='[^']+'$", l));
        Assert.Equal(Names, lines.Select(l => l.Split(' ', '=')[1]));
        return lines.ToDictionary(l => l.Split(' ', '=')[1], l => l.Split('\'')[1]);
    }
}
