using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class XlsxHeaderTests
{
    [Fact]
    public async Task TitlesAboveTheTableAreLeftOut()
    {
        var sheet = await ReadAsync(["Report of the year"], [], ["id", "name", "city"], ["1", "Ann", "Rome"], ["2", "Bob", "Oslo"]);

        Assert.Equal(["id", "name", "city"], sheet.Labels);
        Assert.Equal([4, 5], sheet.Numbers);
        Assert.Equal("3", sheet.Decisions.Single(d => d.Property == "headerRow").Value);
        Assert.Equal("2", sheet.Decisions.Single(d => d.Property == "preamble").Value);
    }

    [Fact]
    public async Task ASheetWithoutAHeaderNumbersItsColumns()
    {
        var sheet = await ReadAsync(["1", "2.5", "2026-01-31"], ["2", "3.5", "2026-02-28"], ["3", "4.5", "2026-03-31"]);

        Assert.Equal(["Column 1", "Column 2", "Column 3"], sheet.Labels);
        Assert.Equal(3, sheet.Rows.Count);
        Assert.Equal("0", sheet.Decisions.Single(d => d.Property == "headerRow").Value);
    }

    [Fact]
    public async Task MergedCellsJoinTwoRowsToOneHeader()
    {
        var sheet = await ReadAsync(
            "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>",
            ["id", "2025", "", "2026", ""], ["", "sales", "cost", "sales", "cost"], ["1", "10", "11", "12", "13"], ["2", "20", "21", "22", "23"]);

        Assert.Equal(["id", "2025 sales", "2025 cost", "2026 sales", "2026 cost"], sheet.Labels);
        Assert.Equal(["1|10|11|12|13", "2|20|21|22|23"], sheet.Lines);
        Assert.Equal("2", sheet.Decisions.Single(d => d.Property == "headerRows").Value);
        Assert.Equal("3", sheet.Decisions.Single(d => d.Property == "mergedCells").Value);
    }

    [Fact]
    public async Task ATitleMergedAcrossTheTableIsNoHeader()
    {
        var sheet = await ReadAsync("<mergeCells><mergeCell ref=\"A1:C1\"/></mergeCells>", ["All people", "", ""], ["id", "name", "city"], ["1", "Ann", "Rome"], ["2", "Bob", "Oslo"]);

        Assert.Equal(["id", "name", "city"], sheet.Labels);
    }

    [Fact]
    public async Task TheValueOfMergedCellsIsNotRepeated()
    {
        var sheet = await ReadAsync("<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>", ["group", "name"], ["x", "1"], ["", "2"], ["y", "3"]);

        Assert.Equal(["x|1", "|2", "y|3"], sheet.Lines);
        Assert.Equal("1", sheet.Decisions.Single(d => d.Property == "mergedCells").Value);
    }

    [Fact]
    public async Task MergedHeadersOfALongSheetAreFoundAtItsEnd()
    {
        var rows = Enumerable.Range(1, 1000).Select(i => new[] { $"{i}", "1", "2" });
        var sheet = await ReadAsync("<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>", [["id", "size", ""], ["", "width", "height"], .. rows]);

        Assert.Equal(["id", "size width", "size height"], sheet.Labels);
        Assert.Equal(1000, sheet.Rows.Count);
    }

    [Fact]
    public async Task APersonSaysWhereTheHeaderStands()
    {
        string[][] rows = [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]];

        var second = await ReadAsync("", new ReadOptions { HeaderRow = 2 }, rows);
        Assert.Equal(["c", "d"], second.Labels);
        Assert.Equal(["e|f", "g|h"], second.Lines);

        var two = await ReadAsync("", new ReadOptions { HeaderRow = 1, HeaderRows = 2 }, rows);
        Assert.Equal(["a c", "b d"], two.Labels);
        Assert.Equal([3, 4], two.Numbers);

        var none = await ReadAsync("", new ReadOptions { HeaderRow = 0 }, rows);
        Assert.Equal(["Column 1", "Column 2"], none.Labels);
        Assert.Equal(4, none.Rows.Count);
    }

    [Fact]
    public async Task AColumnWithoutANameIsCalledByItsPlace()
    {
        var sheet = await ReadAsync(["id", "", "name"], ["1", "x", "Ann"], ["2", "y", "Bob"]);

        Assert.Equal(["id", "Column 2", "name"], sheet.Labels);
    }

    private static Task<ReadSheet> ReadAsync(params string[][] rows) => ReadAsync("", rows);

    private static Task<ReadSheet> ReadAsync(string behind, params string[][] rows) => ReadAsync(behind, ReadOptions.Auto, rows);

    private static async Task<ReadSheet> ReadAsync(string behind, ReadOptions options, string[][] rows)
    {
        var xml = string.Concat(rows.Select((cells, i) => $"<row r=\"{i + 1}\">{string.Concat(cells.Select(Cell))}</row>"));
        return (await ReadSheets.FromAsync(new XlsxParts().Sheet(xml, behind: behind), options)).Single;
    }

    private static string Cell(string text) =>
        text.Length == 0 ? "<c s=\"1\"/>" : double.TryParse(text, out _) ? $"<c><v>{text}</v></c>" : $"<c t=\"str\"><v>{text}</v></c>";
}
