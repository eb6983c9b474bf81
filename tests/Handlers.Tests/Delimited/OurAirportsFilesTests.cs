using CsvHelper;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class OurAirportsFilesTests
{
    [Theory]
    [InlineData("countries.csv", 249)]
    [InlineData("regions.csv", 3987)]
    [InlineData("navaids.csv", 11008)]
    [InlineData("runways.csv", 48184)]
    public async Task EveryCellReadsAsAnIndependentParserReadsIt(string name, int rows)
    {
        var table = await ReadTable.FromStreamAsync(File.OpenRead(TestData.OurAirports(name)), name);

        using var reference = CsvReader.FromFile(TestData.OurAirports(name), new CsvReaderOptions { HasHeader = false });
        Assert.Equal(Next(reference), table.Labels);
        Assert.Empty(table.Refused);
        Assert.Equal(rows, table.Rows.Count);
        foreach (var row in table.Rows)
        {
            Assert.Equal(Next(reference), row);
        }

        Assert.False(reference.Read());
    }

    [Fact]
    public async Task NamibiaIsAWordAndLocalCodesKeepTheirZero()
    {
        var countries = await ReadTable.FromStreamAsync(File.OpenRead(TestData.OurAirports("countries.csv")));
        var regions = await ReadTable.FromStreamAsync(File.OpenRead(TestData.OurAirports("regions.csv")));

        Assert.Equal("Namibia", countries.Rows.Single(r => r[1] == "NA")[2]);
        Assert.Equal("02", regions.Rows[0][2]);
    }

    private static string[] Next(CsvReader reader)
    {
        Assert.True(reader.Read());
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))];
    }
}
