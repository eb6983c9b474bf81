using System.Text.Json;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Reading;

/// <summary>A file is shown as it would be read, and nothing is stored.</summary>
public sealed class ReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatWasFoundTheRowsAndWhatIsRefusedAreShown()
    {
        var result = await ReadAsync(_folder.Write("a.csv", "id;name\n1;\u001b[31mAda\n2;Grace\n3;x;y\n"));

        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        foreach (var text in (string[])["a.csv is delimited text", "semicolon", "a: 2 columns, 3 rows, 1 refused", "Grace", "row 4 has 3 cells"])
        {
            Assert.Contains(text, result.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain('\u001b', result.Output);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    [Fact]
    public async Task RowsComeAsPlainCsv()
    {
        var result = await ReadAsync(_folder.Write("a.csv", "id\tname\n1\t\"a, \"\"b\"\"\nc\"\n2\t\n"), "--csv");

        Assert.Equal((0, "id,name\n1,\"a, \"\"b\"\"\nc\"\n2,\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task WhatWasFoundComesAsJson()
    {
        var result = await ReadAsync(_folder.Write("a.csv", "id,name\n1,Ada\n"), "--json");

        using var report = JsonDocument.Parse(result.Output);
        var table = report.RootElement.GetProperty("tables")[0];
        Assert.Equal(["id", "name"], table.GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal((1, 0), (table.GetProperty("rowsRead").GetInt32(), table.GetProperty("rowsRefused").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("fault").ValueKind);
    }

    [Theory]
    [InlineData("", "This file is empty")]
    [InlineData("\0\u0001\u0002", "not text")]
    public async Task AFileThatCannotBeReadIsSaidToBe(string content, string reason)
    {
        var result = await ReadAsync(_folder.Write("a.csv", content));

        result.IsRefusal(2, "a.csv cannot be read", reason);
    }

    private Task<HostResult> ReadAsync(string file, params string[] options) => HostProgram.RunAsync(_folder.Path, ["read", file, .. options]);
}
