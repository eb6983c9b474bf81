using System.Text;
using Flatfile.Agent.Handlers.Export;
using Flatfile.Agent.Handlers.Export.Xlsx;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Export;

public sealed class XlsxWriterTests
{
    [Fact]
    public void ASheetWithMoreRowsThanAWorksheetGoesOnInTheNextWithItsHeader()
    {
        using var workbook = Written("Numbers", Enumerable.Range(1, 25).Select(i => (object?)$"{i}"), PropertyType.String, out var notes, mostRows: 10);

        Assert.Empty(workbook.Faults());
        Assert.Equal(["Numbers", "Numbers (2)", "Numbers (3)"], workbook.SheetNames);
        Assert.Equal([10, 10, 8], Enumerable.Range(0, 3).Select(workbook.Rows));
        Assert.Equal(("n", "10", "25"), (workbook.Cells(1)["A1"].Text, workbook.Cells(1)["A2"].Text, workbook.Cells(2)["A8"].Text));
        Assert.Equal("'Numbers' has more rows than a worksheet holds and goes on in further ones, named '(2)' and so on.", Assert.Single(notes));
    }

    [Fact]
    public void ExcelsOwnLimitsAreTheBounds()
    {
        Assert.Equal(1_048_576, XlsxWriter.MostRows);
        Assert.Equal(32_767, XlsxSheet.MostText);
    }

    [Fact]
    public void ATextLongerThanACellIsCutAndTold()
    {
        using var workbook = Written("s", [new string('x', 32_766) + "😀"], PropertyType.String, out var notes);

        Assert.Equal(new string('x', 32_766), workbook.Cells(0)["A2"].Text);
        Assert.Equal(
            "1 texts longer than the 32,767 characters of an Excel cell were cut, the first in row 2 of the worksheet 's', column n. Export as CSV to have them whole.", Assert.Single(notes));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("-0.001", true)]
    [InlineData("123456789012345", true)]
    [InlineData("1234567890123450000", true)]
    [InlineData("1234567890123456", false)]
    [InlineData("0.1234567890123456", false)]
    [InlineData("1e400", false)]
    [InlineData("1e-400", false)]
    public void ANumberWithMoreDigitsThanExcelKeepsStandsAsText(string number, bool kept)
    {
        using var workbook = Written("s", [System.Text.Json.Nodes.JsonNode.Parse(number)], PropertyType.Number, out var notes);

        Assert.Equal((kept ? "n" : "inlineStr", number), (workbook.Cells(0)["A2"].Type, workbook.Cells(0)["A2"].Text));
        Assert.Equal(kept ? 0 : 1, notes.Count);
    }

    [Theory]
    [InlineData("1900-03-01", 2, "61")]
    [InlineData("2026-01-31", 2, "46053")]
    [InlineData("2026-01-31T12:00:00", 3, "46053.5")]
    [InlineData("2026-01-31T06:00:00.000Z", 3, "46053.25")]
    [InlineData("1900-02-28", 0, "1900-02-28")]
    [InlineData("2026-01-31T12:00:00+02:00", 0, "2026-01-31T12:00:00+02:00")]
    [InlineData("2026-02-30", 0, "2026-02-30")]
    [InlineData("31.01.2026", 0, "31.01.2026")]
    public void ADateIsASerialNumberWithADatesFormatOrItsText(string date, uint style, string text)
    {
        using var workbook = Written("s", [date], PropertyType.Date, out _);

        Assert.Equal((style == 0 ? "inlineStr" : "n", style, text), workbook.Cells(0)["A2"]);
    }

    [Fact]
    public void NamesOfWorksheetsAreLegalAndDifferent()
    {
        var names = new SheetNames();
        string[] given = ["", "'", "History", "a/b", "A:B", new string('x', 40), new string('x', 31), "'quoted'", "tab\t", new string('y', 30) + "😀", "Data", "data", "Data (2)"];

        var taken = given.Select(names.Take).ToList();

        Assert.Equal(
            ["Sheet", "Sheet (2)", "History (2)", "a_b", "A_B (2)", new string('x', 31), new string('x', 27) + " (2)", "quoted", "tab_", new string('y', 30), "Data", "data (2)", "Data (2) (2)"], taken);
        Assert.All(taken, n => Assert.InRange(n.Length, 1, 31));
    }

    [Fact]
    public void EveryCharacterThereIsComesBack()
    {
        var all = new string([.. Enumerable.Range(0, 0x10000).Where(c => c is < 0xD800 or > 0xDFFF).Select(c => (char)c)]);
        var texts = all.Chunk(30_000).Select(c => (object?)new string(c)).ToList();

        using var workbook = Written("s", texts, PropertyType.String, out _);

        Assert.Empty(workbook.Faults());
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.Equal(texts[i], workbook.Cells(0)[$"A{i + 2}"].Text);
        }
    }

    private static OpenedWorkbook Written(string name, IEnumerable<object?> values, string type, out IReadOnlyList<string> notes, int mostRows = XlsxWriter.MostRows)
    {
        var field = new Property { Key = "n", Type = type };
        var sheet = new Sheet { Id = "us_sh_1", WorkbookId = "us_wb_1", Name = name, Slug = "s", Config = new SheetConfig { Name = name, Fields = [field] } };
        var target = new MemoryStream();
        using var writer = new XlsxWriter(target, new ExportOptions(), DateTimeOffset.Parse("2026-01-01T00:00:00Z"), mostRows);
        writer.Begin(new ExportSheet(sheet, [field], ["n"]));
        var row = new ExportRow(1, ", ");
        foreach (var value in values)
        {
            var json = Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(value));
            row.Clear(json);
            var reader = new System.Text.Json.Utf8JsonReader(json);
            reader.Read();
            row.Set(0, ref reader);
            writer.Write(row);
        }

        writer.End();
        writer.Finish();
        notes = writer.Notes;
        target.Position = 0;
        return new OpenedWorkbook(target);
    }
}
