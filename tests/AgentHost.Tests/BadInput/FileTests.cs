using System.Text.Json;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.BadInput;

/// <summary>Files that hold no table: the job fails with a reason, the other files of the same import go on.</summary>
public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnEmptyFileFailsAndTheOthersAreTaken()
    {
        var (code, files) = await ImportAsync(_folder.Write("empty.csv", ""), _folder.Write("good.csv", "a,b\n1,2\n3,4\n"));

        Assert.Equal(1, code);
        Fails(files[0], "empty");
        Assert.Equal(2, files[1].GetProperty("rowsWritten").GetInt64());
        Assert.Equal("complete", files[1].GetProperty("jobStatus").GetString());
    }

    [Fact]
    public async Task ABinaryFileFailsWhateverItsName()
    {
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        bytes[0] = 0;

        var (code, files) = await ImportAsync(_folder.Write("picture.csv", bytes));

        Assert.Equal(1, code);
        Fails(files[0], "text");
    }

    [Fact]
    public async Task AHeaderWithoutRowsIsAnEmptySheet()
    {
        var (code, files) = await ImportAsync(_folder.Write("header.csv", "id,name\n"));

        Assert.Equal(0, code);
        Assert.Equal(0, files[0].GetProperty("rowsRead").GetInt64());
        Assert.Equal(0, files[0].GetProperty("rowsRefused").GetInt64());
        Assert.Equal("complete", files[0].GetProperty("jobStatus").GetString());
    }

    private static void Fails(JsonElement file, string says)
    {
        Assert.Equal("failed", file.GetProperty("jobStatus").GetString());
        Assert.Contains(says, file.GetProperty("error").GetString());
    }

    private async Task<(int Code, IReadOnlyList<JsonElement> Files)> ImportAsync(params string[] files)
    {
        var result = await HostProgram.RunAsync(_folder.Path, ["import", .. files, "--json"]);
        Assert.Empty(result.Error);
        var report = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(result.ExitCode, report.GetProperty("exitCode").GetInt32());
        return (result.ExitCode, [.. report.GetProperty("files").EnumerateArray()]);
    }
}
