using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Html;

public sealed class HtmlTests
{
    [Fact]
    public async Task ATableIsATable()
    {
        var file = await TablesRead.FromTextAsync(
            "<!DOCTYPE html><html><body><h1>Orders</h1><table><tr><th>id<th>name</tr><tr><td>1</td><td>Ada &amp; Bob</td></tr><tr><td>2<td>Cy</table></body></html>", "orders.html");

        Assert.Equal("HTML", file.Format);
        Assert.Equal("orders", file.Only.Name);
        Assert.Equal(["id", "name"], file.Only.Labels);
        Assert.Equal([["1", "Ada & Bob"], ["2", "Cy"]], file.Only.Rows);
        Assert.Equal([2, 3], file.Only.Numbers);
        Assert.Equal("""["1","Ada & Bob"]""", file.Only.Originals[0]);
        Assert.Equal("1: The file marks these cells as header cells (th, thead).", file.Decided("headerRow"));
    }

    [Fact]
    public async Task EachTableWithRowsIsOne()
    {
        var file = await TablesRead.FromTextAsync(
            "<table><caption>First\n one</caption><tr><th>a</th></tr><tr><td>1</td></tr></table><table></table><table><tr><td> &nbsp; </td></tr></table><table><thead><tr><td>b</td></tr></thead><tr><td>2</td></tr></table>", "t.htm");

        Assert.Equal(["First one", "Table 2"], file.Tables.Select(t => t.Name));
        Assert.Equal([["1"]], file.Tables[0].Rows);
        Assert.Equal(["b"], file.Tables[1].Labels);
        Assert.Equal([["2"]], file.Tables[1].Rows);
    }

    [Fact]
    public async Task SpansPutTheValueTopLeft()
    {
        var file = await TablesRead.FromTextAsync(
            "<table><tr><th>a<th>b<th>c</tr><tr><td rowspan=2>1<td colspan=2>2</tr><tr><td>3<td>4</tr><tr><td>5<td rowspan=9>6<td>7</tr><tr><td>8<td>9</table>", "t.html");

        Assert.Equal([["1", "2", ""], ["", "3", "4"], ["5", "6", "7"], ["8", "", "9"]], file.Only.Rows);
    }

    [Fact]
    public async Task HeadersOfSeveralRowsAreJoined()
    {
        var file = await TablesRead.FromTextAsync(
            "<table><tr><th colspan=4>Sales</th></tr><tr><th rowspan=2>city</th><th colspan=2>2024</th><th rowspan=2>note</th></tr><tr><th>Q1</th><th>Q2</th></tr><tr><td>Oslo</td><td>1</td><td>2</td><td>x</td></tr></table>", "t.html");

        Assert.Equal(["city", "2024 Q1", "2024 Q2", "note"], file.Only.Labels);
        Assert.Equal([["Oslo", "1", "2", "x"]], file.Only.Rows);
    }

    [Fact]
    public async Task RowHeadersAreNoHeader()
    {
        var file = await TablesRead.FromTextAsync("<table><tr><td></td><th>x</th></tr><tr><th>r1</th><td>1</td></tr><tr><th>r2</th><td>2</td></tr></table>", "t.html");

        Assert.Equal(["Column 1", "x"], file.Only.Labels);
        Assert.Equal([["r1", "1"], ["r2", "2"]], file.Only.Rows);
    }

    [Fact]
    public async Task WithoutHeaderCellsTheHeaderIsLookedFor()
    {
        var file = await TablesRead.FromTextAsync("<table><tr><td>Report</td></tr><tr><td>id</td><td>n</td></tr><tr><td>1</td><td>10</td></tr><tr><td>2</td><td>20</td></tr></table>", "t.html");

        Assert.Equal(["id", "n"], file.Only.Labels);
        Assert.Equal([["1", "10"], ["2", "20"]], file.Only.Rows);
        Assert.Equal("1: Row 1 stands above the table and was left out: 'Report'.", file.Decided("preamble"));
    }

    [Fact]
    public async Task ATableInsideATableIsATableOfItsOwn()
    {
        var file = await TablesRead.FromTextAsync(
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x<table><tr><th>in</th></tr><tr><td>9</td></tr></table>y</td></tr><tr><td>2</td><td>z</td></tr></table><table><tr><th>c</th></tr><tr><td>3</td></tr></table>", "t.html");

        Assert.Equal([["1", "xy"], ["2", "z"]], file["Table 1"].Rows);
        Assert.Equal([["9"]], file["Table 2"].Rows);
        Assert.Equal([["3"]], file["Table 3"].Rows);
    }

    [Fact]
    public async Task TextIsAsABrowserShowsIt()
    {
        var file = await TablesRead.FromTextAsync(
            "<table><tr><th>t</th></tr><tr><td>  two \n words <b>b</b>old<br>next<p>par</p><!-- no --><script>var a='</td>';</script><style>td{}</style> &euro;&#8364;&#x20AC;&#128;&unknown;&copy2&lt;b&gt;&nbsp;x</td></tr></table>", "t.html");

        Assert.Equal("two words bold\nnext\npar\n€€€€&unknown;©2<b>\u00A0x", file.Only.Rows[0][0]);
    }

    [Theory]
    [InlineData("<table><tr><td>a<td>b<tr><td>1<td>2<tr><td>3<td>4")]
    [InlineData("<TABLE BORDER=1><TR><TD>a</TD><TD>b</TD></TR><TR><TD>1</TD><TD>2</TD></TR><TR><TD>3</TD><TD>4</TD></TR></TABLE>")]
    [InlineData("<div><table><tbody><tr><td>a</td><td>b</td></tr></tbody><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table></div>")]
    [InlineData("<table><td>a</td><td>b</td></tr><tr><td title='>'>1</td><td title=\"</td>\">2</td></tr><tr><td x=y/>3</td><td>4</td></span></tr></table>")]
    public async Task MissingEndsAndOddTagsAreUnderstood(string text)
    {
        var file = await TablesRead.FromTextAsync(text, "t.html");

        Assert.Equal(["a", "b"], file.Only.Labels);
        Assert.Equal([["1", "2"], ["3", "4"]], file.Only.Rows);
    }

    [Theory]
    [InlineData("utf-8", "", false)]
    [InlineData("utf-8", "<meta charset=\"utf-8\">", false)]
    [InlineData("utf-8", "", true)]
    [InlineData("utf-16", "", true)]
    [InlineData("windows-1252", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">", false)]
    [InlineData("windows-1252", "", false)]
    [InlineData("windows-1251", "<meta charset=windows-1251>", false)]
    [InlineData("shift_jis", "<META CHARSET='Shift_JIS'>", false)]
    public async Task TheEncodingIsTakenFromMarkOrMeta(string name, string meta, bool mark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var value = name switch { "windows-1251" => "Привет", "shift_jis" => "日本", _ => "Köln" };
        var text = encoding.GetBytes($"<html><head>{meta}</head><table><tr><th>a</th></tr><tr><td>{value}</td></tr></table></html>");

        var file = await TablesRead.FromBytesAsync([.. mark ? encoding.GetPreamble() : [], .. text], "t.html");

        Assert.Equal([[value]], file.Only.Rows);
    }

    [Fact]
    public async Task APageCalledXlsIsReadAsWhatItIs()
    {
        var excel = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><!--[if gte mso 9]><xml><x:ExcelWorkbook/></xml><![endif]--></head><table><tr><td>id</td><td>n</td></tr><tr><td>1</td><td x:num=\"2\">2</td></tr><tr><td>3</td><td>4</td></tr></table></html>";

        Assert.Equal("HTML", (await TablesRead.FromTextAsync(excel, "report.xls")).Format);
        Assert.Equal("HTML", (await TablesRead.FromTextAsync("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html><table><tr><td>a</td></tr></table></html>", "page.xml")).Format);
        Assert.Equal("XML", (await TablesRead.FromTextAsync("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "page.xml")).Format);
        Assert.Equal("delimited text", (await TablesRead.FromTextAsync("<p>x</p>,b\n1,2\n3,4\n", "page.csv")).Format);
    }

    [Fact]
    public async Task AnEndTagOfAnotherCellEndsNone()
    {
        var file = await TablesRead.FromTextAsync("<table><tr><td>a</th>b</td><td>n</td></tr><tr><td>1</td><td>2</td></tr></table>", "t.html");

        Assert.Equal(["ab", "n"], file.Only.Labels);
    }

    [Fact]
    public async Task APageWithoutTablesSaysSo()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync("<html><body><p>Hi</p></body></html>", "t.html"));

        Assert.Equal("This HTML file holds no table with rows. Upload a page with a <table>, or the data as CSV.", fault.Message);
    }

    [Fact]
    public async Task OnlyWantedTablesAreReadAndTheHeaderRowCanBeGiven()
    {
        var text = "<table><caption>A</caption><tr><td>x</td></tr><tr><td>1</td></tr></table><table><caption>B</caption><tr><td>t</td></tr><tr><td>y</td></tr><tr><td>2</td></tr></table>";

        var file = await TablesRead.FromTextAsync(text, "t.html", new ReadOptions { Tables = ["b"], HeaderRow = 2 });

        Assert.Equal(("B", "y"), (file.Only.Name, file.Only.Labels[0]));
        Assert.Equal([["2"]], file.Only.Rows);
    }

    [Fact]
    public async Task NestingWithoutEndIsRefused()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(string.Concat(Enumerable.Repeat("<table><tr><td>x", 100_000)), "t.html"));

        Assert.StartsWith("This file has tables more than 100 deep inside one another, the limit.", fault.Message);
    }

    [Theory]
    [InlineData("<table><tr><td>", "x", "A cell of this file is longer than 4 million characters, the limit.")]
    [InlineData("<table><tr><td>a", "<td>b", "The records of this file have more than 16,384 different columns, the limit.")]
    [InlineData("<table><tr><td>a</table>", "<table><tr><td>a</table>", "This file holds more than 500 tables, the limit.")]
    [InlineData("<table><tr><td colspan=1000>a", "<td colspan=99999>", "The records of this file have more than 16,384 different columns, the limit.")]
    public async Task WhatHasNoEndIsRefused(string begin, string again, string message)
    {
        await using var endless = new RepeatingStream(Encoding.UTF8.GetBytes(begin), Encoding.UTF8.GetBytes(again), 8 * 1024 * 1024);

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromStreamAsync(endless, "t.html", 0));

        Assert.StartsWith(message, fault.Message);
    }

    [Theory]
    [InlineData("<table><tr><td>1</td></tr></table><a b=\"", "x")]
    [InlineData("<table><tr><td>1</td></tr></table><", "x")]
    [InlineData("<table><tr><td>1</td></tr></table><!--", "-")]
    [InlineData("<table><tr><td>1</td></tr></table><script>", "</scrip")]
    [InlineData("<table><tr><td>1</td></tr></table>", "&amp")]
    public async Task WhatIsNeverClosedIsPassedOver(string begin, string again)
    {
        await using var endless = new RepeatingStream(Encoding.UTF8.GetBytes(begin), Encoding.UTF8.GetBytes(again), 20 * 1024 * 1024);

        var file = await TablesRead.FromStreamAsync(endless, "t.html", 0);

        Assert.Equal(["1"], [.. file.Only.Rows.SelectMany(r => r), .. file.Only.Labels.Where(l => l == "1")]);
    }
}
