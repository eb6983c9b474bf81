namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class XlsxRowTests
{
    private const string Header = """<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>name</v></c></row>""";

    [Fact]
    public async Task CellsAndRowsWithoutNamesFollowTheOnesBefore()
    {
        var sheet = await ReadAsync("""<row><c t="str"><v>id</v></c><c t="str"><v>name</v></c></row><row r="5"><c r="B5"><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>""");

        Assert.Equal(["|1", "2|3"], sheet.Lines);
        Assert.Equal([5, 6], sheet.Numbers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<dimension ref=\"A1\"/>")]
    [InlineData("<dimension ref=\"A1:XFD1048576\"/>")]
    [InlineData("<dimension ref=\"nonsense\"/>")]
    [InlineData("<sheetPr/><dimension ref=\"A1:B3\"/><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews>")]
    public async Task WhatTheSheetSaysOfItsSizeIsNotBelieved(string dimension)
    {
        var rows = string.Concat(Enumerable.Range(2, 300).Select(n => $"""<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>x</v></c></row>"""));
        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Sheet(Header + rows, before: dimension))).Single;

        Assert.Equal(["id", "name"], sheet.Labels);
        Assert.Equal(300, sheet.Rows.Count);
        Assert.Empty(sheet.Refused);
    }

    [Fact]
    public async Task StyledCellsAndRowsWithoutAValueAreNone()
    {
        var blank = string.Concat(Enumerable.Range(3, 100).Select(n => $"""<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/><c r="D{n}" s="1"/></row>"""));
        var sheet = await ReadAsync(Header + """<row r="2"><c r="A2"><v>1</v></c></row>""" + blank + """<row r="103" s="1"/><row r="104"><c r="A104" t="str"><v> </v></c></row><row r="105"><c r="B105"><v>2</v></c></row>""");

        Assert.Equal(["1|", "|2"], sheet.Lines);
        Assert.Equal([2, 105], sheet.Numbers);
    }

    [Fact]
    public async Task ColumnsOnTheLeftAndBetweenWithoutAnythingAreNoColumns()
    {
        var sheet = await ReadAsync("""<row r="3"><c r="C3" t="str"><v>id</v></c><c r="F3" t="str"><v>name</v></c></row><row r="4"><c r="C4"><v>1</v></c><c r="F4" t="str"><v>a</v></c></row>""");

        Assert.Equal(["id", "name"], sheet.Labels);
        Assert.Equal(["1|a"], sheet.Lines);
    }

    [Fact]
    public async Task AValueFarBesideTheTableIsAColumnOfItsOwn()
    {
        var rows = string.Concat(Enumerable.Range(2, 400).Select(n => $"""<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>x</v></c></row>"""));
        var sheet = await ReadAsync(Header + rows + """<row r="500"><c r="A500"><v>1</v></c><c r="XFD500" t="str"><v>note</v></c></row>""");

        Assert.Equal(["id", "name", "Column 16384"], sheet.Labels);
        Assert.Equal("1||note", sheet.Lines.Last());
    }

    [Fact]
    public async Task ARowWiderThanTheSheetClaimsIsRefused()
    {
        var rows = string.Concat(Enumerable.Range(2, 300).Select(n => $"""<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>x</v></c></row>"""));
        var parts = new XlsxParts().Sheet(Header + rows + """<row r="400"><c r="A400"><v>1</v></c><c r="D400" t="str"><v>note</v></c></row>""", before: "<dimension ref=\"A1:B400\"/>");
        var sheet = (await ReadSheets.FromAsync(parts)).Single;

        Assert.Equal("row 400 has a value in cell D400, beside the table's 2 columns", Assert.Single(sheet.Refused));
        Assert.Equal("""["1","","","note"]""", Assert.Single(sheet.Originals));
        Assert.Equal(300, sheet.Rows.Count);
    }

    [Theory]
    [InlineData("<c r=\"A2\" t=\"s\"><v>7</v></c>", "row 2 refers to text number 7 in cell A2, of which the workbook has 1")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>-1</v></c>", "row 2 refers to text number -1 in cell A2, of which the workbook has 1")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>x</v></c>", "row 2 refers to text number x in cell A2, of which the workbook has 1")]
    [InlineData("<c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c>", "row 2 has the cell B2 twice")]
    [InlineData("<c r=\"ZZZZ2\"><v>1</v></c>", "row 2 has a cell called 'ZZZZ2', which is no name of a cell between A and XFD")]
    [InlineData("<c r=\"XFD2\"><v>1</v></c><c><v>2</v></c>", "row 2 has more cells than the 16,384 a sheet can have")]
    public async Task ARowThatContradictsItselfIsRefusedWithItsNumber(string cells, string reason)
    {
        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Strings("<t>only</t>").Sheet(Header + $"""<row r="2">{cells}</row><row r="3"><c r="A3"><v>3</v></c></row>"""))).Single;

        Assert.Equal(reason, Assert.Single(sheet.Refused));
        Assert.Contains(3, sheet.Numbers);
    }

    [Fact]
    public async Task BytesThatAreNoTextRefuseTheirRow()
    {
        var xml = System.Text.Encoding.Latin1.GetBytes($"""<worksheet xmlns="{XlsxParts.Main}"><sheetData>{Header}<row r="2"><c r="A2" t="str"><v>caf{'\u00E9'}</v></c></row><row r="3"><c r="A3"><v>3</v></c></row></sheetData></worksheet>""");
        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Sheet("").Part("xl/worksheets/sheet1.xml", xml))).Single;

        Assert.Equal("row 2 holds bytes that are no text in cell A2", Assert.Single(sheet.Refused));
        Assert.Equal(["3|"], sheet.Lines);
    }

    [Fact]
    public async Task HiddenRowsAreReadAndCounted()
    {
        var sheet = await ReadAsync(Header + """<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>""");

        Assert.Equal(2, sheet.Rows.Count);
        Assert.Equal("1", Assert.Single(sheet.Decisions, d => d.Property == "hiddenRows").Value);
    }

    private static async Task<ReadSheet> ReadAsync(string rows) => (await ReadSheets.FromAsync(new XlsxParts().Sheet(rows))).Single;
}
