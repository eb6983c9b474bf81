using System.Text.Json;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class CsvSpectrumTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(TestData.Folder, "csv-spectrum", "csvs"), "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Fact]
    public void TheWholeSpectrumIsHere() => Assert.Equal(11, Names.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryFileReadsAsItsJson(string name)
    {
        var folder = Path.Combine(TestData.Folder, "csv-spectrum");
        var expected = JsonSerializer.Deserialize<List<Dictionary<string, string>>>(await File.ReadAllTextAsync(Path.Combine(folder, "json", name + ".json")))!;

        var table = await ReadTable.FromStreamAsync(File.OpenRead(Path.Combine(folder, "csvs", name + ".csv")), name + ".csv");

        Assert.Empty(table.Refused);
        var rows = table.Rows.Select(row => table.Labels.Zip(row).ToDictionary(c => c.First, c => c.Second)).ToList();
        Assert.Equal(expected, rows);
    }
}
