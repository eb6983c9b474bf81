using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Xml.Workbooks;

public sealed class WorkbookTests
{
    private const string Head = """
        <?xml version="1.0"?>
        <?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
        <Styles><Style ss:ID="Default"/></Styles>
        """;

    [Fact]
    public async Task CellsHaveTheKindTheFileSays()
    {
        var file = await TablesRead.FromTextAsync(Head + """
            <Worksheet ss:Name="Data &amp; more"><Table>
            <Row><Cell><Data ss:Type="String">text</Data></Cell><Cell><Data ss:Type="String">n</Data></Cell><Cell><Data ss:Type="String">d</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell><Cell><Data ss:Type="String">e</Data></Cell></Row>
            <Row><Cell><Data ss:Type="String">a <B>bold</B> one</Data></Cell><Cell><Data ss:Type="Number">1.50</Data></Cell><Cell><Data ss:Type="DateTime">2026-01-31T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell></Row>
            <Row><Cell><Data ss:Type="String">00501</Data><Comment><Data>note</Data></Comment></Cell><Cell/><Cell><Data ss:Type="DateTime">1899-12-31T10:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">0</Data></Cell></Row>
            </Table></Worksheet></Workbook>
            """, "book.xls");

        Assert.Equal("Excel XML", file.Format);
        Assert.Equal("Data & more", file.Only.Name);
        Assert.Equal(["text", "n", "d", "b", "e"], file.Only.Labels);
        Assert.Equal([["a bold one", "1.50", "2026-01-31", "true", "#DIV/0!"], ["00501", "", "10:30:00", "false", ""]], file.Only.Rows);
        Assert.Equal([CellKind.Text, CellKind.Number, CellKind.Date, CellKind.Boolean, CellKind.Error], file.Only.Kinds[0]);
        Assert.Equal(["2/e: Its formula gave the error #DIV/0!."], file.Only.Remarks);
        Assert.Equal([2, 3], file.Only.Numbers);
    }

    [Fact]
    public async Task PlacesThatAreSkippedAndMergedCellsAreCounted()
    {
        var file = await TablesRead.FromTextAsync(Head + """
            <Worksheet ss:Name="S"><Table>
            <Row ss:Index="3"><Cell><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell><Cell><Data ss:Type="String">c</Data></Cell></Row>
            <Row ss:Span="2"/>
            <Row><Cell ss:MergeAcross="1"><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell></Row>
            <Row ss:Index="20"><Cell ss:Index="2"><Data ss:Type="Number">5</Data></Cell></Row>
            </Table></Worksheet></Workbook>
            """, "book.xml");

        Assert.Equal([["1", "", "3"], ["", "5", ""]], file.Only.Rows);
        Assert.Equal([7, 20], file.Only.Numbers);
    }

    [Fact]
    public async Task HiddenAndEmptySheetsAreLeftOutAndTold()
    {
        var text = Head + """
            <Worksheet ss:Name="A"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>
            <Worksheet ss:Name="B"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row><Row><Cell><Data ss:Type="Number">2</Data></Cell></Row></Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
            <Worksheet ss:Name="C"><Table/></Worksheet></Workbook>
            """;

        var file = await TablesRead.FromTextAsync(text, "book.xml");
        var all = await TablesRead.FromTextAsync(text, "book.xml", new ReadOptions { HiddenSheets = true });

        Assert.Equal("A", file.Only.Name);
        Assert.StartsWith("B: The sheet 'B' is hidden", file.Decided("hiddenSheets"));
        Assert.Equal("C: The sheet 'C' is empty.", file.Decided("leftOut"));
        Assert.Equal([["2"]], all["B"].Rows);
    }

    [Fact]
    public async Task ABreakInTheMiddleKeepsTheRowsBefore()
    {
        var file = await TablesRead.FromTextAsync(Head + """
            <Worksheet ss:Name="S"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row><Row><Cell></Row></Table></Worksheet></Workbook>
            """, "book.xml");

        Assert.Equal([["1"]], file.Only.Rows);
        Assert.StartsWith("This file is not valid XML in line ", file.Fault);
    }

    [Theory]
    [InlineData("<Row ss:Index=\"99999999999\"/>", "Sheet 'S' of this file has a row 2147483647, more than a worksheet can have.")]
    [InlineData("<Row><Cell ss:Index=\"99999\"/></Row>", "The records of this file have more than 16,384 different columns")]
    [InlineData("<Row><Cell ss:MergeAcross=\"99999\"/></Row>", "The records of this file have more than 16,384 different columns")]
    [InlineData("", "No sheet of this workbook that is to be read holds rows.")]
    public async Task WhatNoWorksheetCanHaveIsRefused(string row, string message)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync($"{Head}<Worksheet ss:Name=\"S\"><Table>{row}</Table></Worksheet></Workbook>", "book.xml"));

        Assert.StartsWith(message, fault.Message);
    }
}
