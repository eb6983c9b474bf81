using System.Text.Json;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Importing;

public sealed class ImportTests : IDisposable
{
    private static readonly string[] Members =
    [
        "file", "fileId", "workbookId", "sheetId", "sheet", "rowsRead", "rowsWritten", "rowsRefused", "valid", "withErrors", "seconds", "jobId", "jobStatus",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFileNobodyClaimsBecomesASheetOfItsOwnAndCountsTheSame()
    {
        var (result, report) = await ImportAsync(_folder.Write("pets.csv", "name,legs\nRex,4\nTweety,2\nKaa,0\n"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["url", "spaceId", "files", "exitCode"], report.EnumerateObject().Select(m => m.Name));
        var file = Assert.Single(report.GetProperty("files").EnumerateArray());
        Assert.Equal(Members, file.EnumerateObject().Select(m => m.Name).Take(Members.Length));
        Assert.Equal((3, 3, 0, 3, 0), (Number(file, "rowsRead"), Number(file, "rowsWritten"), Number(file, "rowsRefused"), Number(file, "valid"), Number(file, "withErrors")));
        Assert.Equal("complete", file.GetProperty("jobStatus").GetString());
        Assert.False(file.GetProperty("claimed").GetBoolean());
        Assert.NotNull(file.GetProperty("sheet").GetString());
    }

    [Fact]
    public async Task ASecondImportOfTheSameFileAddsNothing()
    {
        var pets = _folder.Write("pets.csv", "name,legs\nRex,4\n");
        var (_, first) = await ImportAsync(pets);

        var (result, second) = await ImportAsync(pets);

        Assert.Equal(0, result.ExitCode);
        var (before, after) = (first.GetProperty("files")[0], second.GetProperty("files")[0]);
        Assert.Equal(first.GetProperty("spaceId").GetString(), second.GetProperty("spaceId").GetString());
        Assert.All((string[])["fileId", "sheetId", "jobId"], name => Assert.Equal(before.GetProperty(name).GetString(), after.GetProperty(name).GetString()));
        Assert.Equal(1, Number(after, "valid"));
    }

    [Fact]
    public async Task AChangedFileOfTheSameNameIsTaken()
    {
        var (_, first) = await ImportAsync(_folder.Write("pets.csv", "name\nRex\n"));

        var (_, second) = await ImportAsync(_folder.Write("pets.csv", "name\nKaa\n"));

        Assert.NotEqual(first.GetProperty("files")[0].GetProperty("fileId").GetString(), second.GetProperty("files")[0].GetProperty("fileId").GetString());
    }

    [Fact]
    public async Task AServerThatRunsOverTheFolderIsUsed()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        var (result, report) = await ImportAsync(_folder.Write("pets.csv", "name,legs\nRex,4\n"), "--space", "Pets");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(served.Url, report.GetProperty("url").GetString());
        Assert.Equal(["Pets"], await served.Client.Spaces.ListAsync().Select(s => s.Name).ToListAsync());
    }

    [Fact]
    public async Task AServerNamedWithItsKeyIsUsed()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        var (result, report) = await ImportAsync(
            _folder.Write("pets.csv", "name,legs\nRex,4\n"), "--to", served.Url, "--key", served.Key, "--data", "elsewhere");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(served.Url, report.GetProperty("url").GetString());
        Assert.False(Directory.Exists(_folder["elsewhere"]));
    }

    [Fact]
    public async Task ForPeopleItEndsWithATable()
    {
        var result = await HostProgram.RunAsync(_folder.Path, ["import", _folder.Write("pets.csv", "name,legs\nRex,4\n")]);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"pets\.csv.*\| +1 \| +1 \| +0 \| +1 \| +0 \|.*complete", result.Output);
        Assert.DoesNotContain("\u001b", result.Output);
    }

    private static long Number(JsonElement file, string name) => file.GetProperty(name).GetInt64();

    private async Task<(HostResult Result, JsonElement Report)> ImportAsync(string file, params string[] more)
    {
        var result = await HostProgram.RunAsync(_folder.Path, ["import", file, "--json", .. more]);
        Assert.True(result.Error.Length == 0, result.Error);
        return (result, JsonDocument.Parse(result.Output).RootElement);
    }
}
