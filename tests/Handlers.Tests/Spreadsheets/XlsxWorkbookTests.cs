using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class XlsxWorkbookTests
{
    private const string Rows = """<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>name</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>a</v></c></row>""";

    [Fact]
    public async Task EachSheetThatIsSeenAndHoldsSomethingIsATable()
    {
        var parts = new XlsxParts().Sheet(Rows, "One").Sheet(Rows, "Secret", "hidden").Sheet(Rows, "Very", "veryHidden").Sheet("", "Blank").RawSheet($"<worksheet xmlns=\"{XlsxParts.Main}\"/>", "Bare").Sheet(Rows, "Tom & Jerry");
        var file = await ReadSheets.FromAsync(parts);

        Assert.Equal("XLSX", file.Format);
        Assert.Equal(["One", "Tom & Jerry"], file.Sheets.Select(s => s.Name));
        Assert.Equal(["Secret", "Very"], file.Decisions.Where(d => d.Property == "hiddenSheets").Select(d => d.Value));
        Assert.Equal(["Blank", "Bare"], file.Decisions.Where(d => d.Property == "tables").Select(d => d.Value));
    }

    [Fact]
    public async Task HiddenSheetsAreReadWhenAPersonWantsThem()
    {
        var parts = new XlsxParts().Sheet(Rows, "One").Sheet(Rows, "Secret", "hidden");

        Assert.Equal(["One", "Secret"], (await ReadSheets.FromAsync(parts, new ReadOptions { HiddenSheets = true })).Sheets.Select(s => s.Name));
        Assert.Equal(["Secret"], (await ReadSheets.FromAsync(parts, new ReadOptions { Tables = ["secret"] })).Sheets.Select(s => s.Name));
    }

    [Fact]
    public async Task ASheetThatIsNotThereIsNamedWithThoseThatAre()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadSheets.FromAsync(new XlsxParts().Sheet(Rows, "One").Sheet(Rows, "Two"), new ReadOptions { Tables = ["Three"] }));

        Assert.Equal("The reading option 'tables' names the sheet 'Three', which this workbook has not. Its sheets: One, Two.", fault.Message);
    }

    [Fact]
    public async Task ChartsAreNoTables()
    {
        var parts = new XlsxParts().Sheet(Rows, "Data").Sheet("", "Chart")
            .Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{XlsxParts.Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{XlsxParts.Office}/chartsheet" Target="worksheets/sheet2.xml"/></Relationships>""");
        var file = await ReadSheets.FromAsync(parts);

        Assert.Equal("Data", file.Single.Name);
        Assert.Empty(file.Decisions);
    }

    [Theory]
    [InlineData("/xl/worksheets/sheet1.xml")]
    [InlineData("worksheets/sheet1.xml")]
    [InlineData("./worksheets/sheet1.xml")]
    [InlineData("../xl/worksheets/sheet1.xml")]
    [InlineData("Worksheets/Sheet1.XML")]
    [InlineData("worksheets\\sheet1.xml")]
    [InlineData("../../../../xl/worksheets/sheet1.xml")]
    public async Task TargetsAreFoundHoweverTheyAreWritten(string target)
    {
        var parts = new XlsxParts().Sheet(Rows)
            .Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{XlsxParts.Office}/worksheet" Target="{target}"/></Relationships>""");

        Assert.Equal(["1|a"], (await ReadSheets.FromAsync(parts)).Single.Lines);
    }

    [Fact]
    public async Task TheStrictDialectWithPrefixesIsRead()
    {
        const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        const string Office = "http://purl.oclc.org/ooxml/officeDocument/relationships";
        var parts = new XlsxParts()
            .Part("_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{Office}/officeDocument" Target="book/main.xml"/></Relationships>""")
            .Part("book/_rels/main.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="b" Type="{Office}/worksheet" Target="one.xml"/><Relationship Id="c" Type="{Office}/sharedStrings" Target="texts.xml"/></Relationships>""")
            .Part("book/main.xml", $"""<x:workbook xmlns:x="{Strict}" xmlns:q="{Office}"><x:sheets><x:sheet name="One" sheetId="1" q:id="b"/></x:sheets></x:workbook>""")
            .Part("book/texts.xml", $"""<x:sst xmlns:x="{Strict}"><x:si><x:t>id</x:t></x:si><x:si><x:r><x:t>a</x:t></x:r><x:r><x:t>b</x:t></x:r></x:si></x:sst>""")
            .Part("book/one.xml", $"""<x:worksheet xmlns:x="{Strict}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row><x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>""");
        var sheet = (await ReadSheets.FromAsync(parts)).Single;

        Assert.Equal(["id"], sheet.Labels);
        Assert.Equal(["ab"], sheet.Lines);
    }

    [Fact]
    public async Task PartsInUtf16AreRead()
    {
        var xml = $"""<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{XlsxParts.Main}"><sheetData>{Rows}<row r="3"><c r="B3" t="str"><v>größe</v></c></row></sheetData></worksheet>""";
        var parts = new XlsxParts().Sheet("").Part("xl/worksheets/sheet1.xml", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(xml)]);

        Assert.Equal(["1|a", "|größe"], (await ReadSheets.FromAsync(parts)).Single.Lines);
    }

    [Theory]
    [InlineData("data.csv")]
    [InlineData("data.xls")]
    [InlineData("data")]
    public async Task AWorkbookIsKnownByItsContentWhateverItIsCalled(string name) =>
        Assert.Equal("XLSX", (await ReadSheets.FromAsync(new XlsxParts().Sheet(Rows).ToBytes(), name)).Format);

    [Fact]
    public async Task TextThatIsCalledAWorkbookIsReadAsText() =>
        Assert.Equal("delimited text", (await ReadSheets.FromAsync("id,name\n1,a\n"u8.ToArray(), "data.xlsx")).Format);

    [Fact]
    public async Task ALineOfManyKilobytesIsReadAcrossTheWindow()
    {
        var texts = Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), 30_000)).ToList();
        var cells = string.Concat(texts.Select(t => $"<c t=\"inlineStr\"><is><t>{t}</t></is></c>"));
        var header = string.Concat(Enumerable.Range(1, 40).Select(i => $"<c t=\"str\"><v>column {i}</v></c>"));
        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Sheet($"<row>{header}</row><row>{cells}</row>"))).Single;

        Assert.Equal(texts, sheet.Rows[0].Select(c => c.Text));
    }
}
