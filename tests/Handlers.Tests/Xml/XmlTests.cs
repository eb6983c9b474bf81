using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Xml;

public sealed class XmlTests
{
    [Fact]
    public async Task RepeatedElementsAreRows()
    {
        var file = await TablesRead.FromTextAsync(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <root>
              <row id="1"><name>Ada</name><country><name>UK</name><code>GB</code></country></row>
              <row id="2" active="yes"><name>Bob</name><zip format="us">00501</zip></row>
            </root>
            """, "people.xml");

        Assert.Equal("XML", file.Format);
        Assert.Equal("people", file.Only.Name);
        Assert.Equal(["#id", "name", "country/name", "country/code", "#active", "zip", "zip#format"], file.Only.Labels);
        Assert.Equal([["1", "Ada", "UK", "GB", "", "", ""], ["2", "Bob", "", "", "yes", "00501", "us"]], file.Only.Rows);
        Assert.Equal([1, 2], file.Only.Numbers);
        Assert.StartsWith("/root/row:", file.Decided("recordPath"));
    }

    [Theory]
    [InlineData("<root><rows><row><a>1</a><b>2</b></row><row><a>3</a><b>4</b></row></rows></root>")]
    [InlineData("<root v=\"1\"><row><a>1</a><b>2</b></row><row><a>3</a><b>4</b></row></root>")]
    [InlineData("<root><row a=\"1\" b=\"2\"/><row a=\"3\" b=\"4\"/></root>")]
    public async Task WrappersAndAttributesOfTheRootDoNotMatter(string text)
    {
        var file = await TablesRead.FromTextAsync(text, "rows.xml");

        Assert.Equal([["1", "2"], ["3", "4"]], file.Only.Rows);
    }

    [Fact]
    public async Task SeveralKindsOfRecordsAreSeveralTables()
    {
        var file = await TablesRead.FromTextAsync(
            "<db made='now'><customer><id>1</id></customer><order><no>A</no></order><customer><id>2</id></customer><order><no>B</no></order><note>x</note></db>", "db.xml");

        Assert.Equal([["1"], ["2"]], file["customer"].Rows);
        Assert.Equal([["A"], ["B"]], file["order"].Rows);
        Assert.StartsWith("/db#made, /db/note:", file.Decided("leftOut"));
    }

    [Fact]
    public async Task NestedRecordsBelongToTheOuterOne()
    {
        var file = await TablesRead.FromTextAsync(
            "<orders><order id='1'><lines><line sku='x'><n>2</n></line><line sku='y'><n>3</n></line></lines></order><order id='2'><lines><line sku='z'><n>1</n></line></lines></order></orders>", "o.xml");

        Assert.Equal(["#id", "lines/line"], file.Only.Labels);
        Assert.Equal([["1", """[{"#sku":"x","n":"2"},{"#sku":"y","n":"3"}]"""], ["2", """[{"#sku":"z","n":"1"}]"""]], file.Only.Rows);
    }

    [Theory]
    [InlineData("/orders/order/line")]
    [InlineData("//line")]
    [InlineData("line")]
    [InlineData("/*/order/line")]
    public async Task TheElementsOfTheRecordsCanBeGiven(string path)
    {
        var text = "<orders><order id='1'><line sku='x'/><line sku='y'/></order><order id='2'><line sku='z'/></order></orders>";

        var file = await TablesRead.FromTextAsync(text, "o.xml", new ReadOptions { RecordPath = path });

        Assert.Equal(["#sku"], file.Only.Labels);
        Assert.Equal([["x"], ["y"], ["z"]], file.Only.Rows);
    }

    [Fact]
    public async Task APathThatLeadsNowhereSaysSo()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() =>
            TablesRead.FromTextAsync("<a><b c='1'/><b c='2'/></a>", "a.xml", new ReadOptions { RecordPath = "/a/x" }));

        Assert.Equal("The reading option 'recordPath' is '/a/x', where this file has no elements. Give names from the outside in, such as '/a/b'.", fault.Message);
    }

    [Fact]
    public async Task AChildThatRepeatsIsAListWhereThereAreSeveral()
    {
        var file = await TablesRead.FromTextAsync("<r><p><n>a</n><email>x</email><email>y</email></p><p><n>b</n><email>z</email></p></r>", "p.xml");

        Assert.Equal([["a", """["x","y"]"""], ["b", "z"]], file.Only.Rows);
        Assert.Equal("1/email: This record has 2 elements 'email'. They stand here as a JSON list.", Assert.Single(file.Only.Remarks));
    }

    [Theory]
    [InlineData("<person><name>Ada</name><age>36</age></person>", "Ada|36")]
    [InlineData("<root><person><name>Ada</name><age>36</age></person></root>", "Ada|36")]
    [InlineData("<orders><order id='7'><line sku='x'/><line sku='y'/></order></orders>", "7|[{\"#sku\":\"x\"},{\"#sku\":\"y\"}]")]
    [InlineData("<categories><category><id>1</id><tag a='1'/><tag a='2'/></category></categories>", "1|[{\"#a\":\"1\"},{\"#a\":\"2\"}]")]
    public async Task OneRecordIsOneRow(string text, string row)
    {
        var file = await TablesRead.FromTextAsync(text, "one.xml");

        Assert.Equal(row, string.Join('|', Assert.Single(file.Only.Rows)));
    }

    [Fact]
    public async Task BareValuesThatRepeatAreRows()
    {
        var file = await TablesRead.FromTextAsync("<names><name>a</name><name>b</name></names>", "n.xml");

        Assert.Equal(["name"], file.Only.Labels);
        Assert.Equal([["a"], ["b"]], file.Only.Rows);
    }

    [Fact]
    public async Task NamespacesLeaveTheLocalNameUnlessItClashes()
    {
        var file = await TablesRead.FromTextAsync(
            "<x:r xmlns:x='urn:x' xmlns:y='urn:y'><x:row><x:id>1</x:id><y:id>2</y:id><x:n>a</x:n></x:row><x:row><x:id>3</x:id><x:n y:k='q'>b</x:n></x:row></x:r>", "n.xml");

        Assert.Equal(["x:id", "y:id", "n", "n#y:k"], file.Only.Labels);
        Assert.Equal([["1", "2", "a", ""], ["3", "", "b", "q"]], file.Only.Rows);
    }

    [Fact]
    public async Task ADefaultNamespaceAndSchemaAttributesAreNoData()
    {
        var file = await TablesRead.FromTextAsync(
            """<r xmlns="urn:a" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a http://127.0.0.1:9/x.xsd"><p><a xsi:nil="true"/><b xsi:type="int">1</b></p><p><a>2</a></p></r>""", "n.xml");

        Assert.Equal(["a", "b"], file.Only.Labels);
        Assert.Equal([["", "1"], ["2", ""]], file.Only.Rows);
    }

    [Fact]
    public async Task EntitiesCDataAndCommentsAreRead()
    {
        var file = await TablesRead.FromTextAsync("<r><p><a>1 &lt; 2 &amp; &#x41;&#228;</a><b><![CDATA[<b>&amp;</b>]]></b></p><!-- --><p><a>x<!-- no -->y</a><?go on?></p></r>", "e.xml");

        Assert.Equal([["1 < 2 & Aä", "<b>&amp;</b>"], ["xy", ""]], file.Only.Rows);
    }

    [Fact]
    public async Task TextBetweenElementsKeepsItsMarkup()
    {
        var file = await TablesRead.FromTextAsync("<r><p><d>Hello <b>big</b> <i>world</i></d></p><p><d>plain</d></p></r>", "m.xml");

        Assert.Equal(["d"], file.Only.Labels);
        Assert.Equal([["Hello <b>big</b> <i>world</i>"], ["plain"]], file.Only.Rows);
    }

    [Fact]
    public async Task TextIsKeptAsItStands()
    {
        var file = await TablesRead.FromTextAsync("<r><p><a> x </a><b/></p><p><a>\n  two\n</a></p></r>", "w.xml");

        Assert.Equal([[" x ", ""], ["\n  two\n", ""]], file.Only.Rows);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("iso-8859-1", false)]
    [InlineData("windows-1252", false)]
    [InlineData("shift_jis", false)]
    public async Task TheEncodingIsTakenFromMarkOrDeclaration(string name, bool mark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var value = name == "shift_jis" ? "日本" : "Köln";
        var text = $"<?xml version=\"1.0\" encoding=\"{(name.StartsWith("utf-16") ? "utf-16" : name)}\"?><r><p><a>{value}</a></p><p><a>b</a></p></r>";

        var file = await TablesRead.FromBytesAsync([.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)], "e.xml");

        Assert.Equal([[value], ["b"]], file.Only.Rows);
    }

    [Fact]
    public async Task ADeclarationThatCannotBeTrueIsNotBelieved()
    {
        var utf16 = await TablesRead.FromTextAsync("<?xml version='1.0' encoding='utf-16'?><r><p><a>ö</a></p><p><a>b</a></p></r>", "e.xml");
        var latin = await TablesRead.FromBytesAsync(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='utf-8'?><r><p><a>ö</a></p><p><a>b</a></p></r>"), "e.xml");

        Assert.Equal([["ö"], ["b"]], utf16.Only.Rows);
        Assert.Equal([["ö"], ["b"]], latin.Only.Rows);
        Assert.StartsWith("Windows-1252: 1 bytes are not UTF-8", latin.Decided("encoding"));
    }

    [Fact]
    public async Task AFewBrokenBytesRefuseTheirRecordAlone()
    {
        var text = Encoding.UTF8.GetBytes("<r><p><a>äöüäöü</a></p><p><a>?</a></p><p><a>c</a></p></r>");
        text[Array.IndexOf(text, (byte)'?')] = 0xFF;

        var file = await TablesRead.FromBytesAsync(text, "e.xml");

        Assert.Equal([["äöüäöü"], ["c"]], file.Only.Rows);
        Assert.Equal(["record 2 holds bytes that are not UTF-8; save the file as UTF-8"], file.Only.Refused);
    }

    [Fact]
    public async Task ABreakInTheMiddleKeepsTheRowsBeforeAndNamesThePlace()
    {
        var file = await TablesRead.FromTextAsync("<r>\n<p><a>1</a></p>\n<p><a>2</a></p>\n<p><a>3</b></p>\n</r>", "b.xml");

        Assert.Equal([["1"], ["2"]], file.Only.Rows);
        Assert.StartsWith("This file is not valid XML in line 4, column ", file.Fault);
    }

    [Theory]
    [InlineData("", "This file is empty")]
    [InlineData("<r><p>", "This file is not valid XML in line 1")]
    [InlineData("<r>&nbsp;</r>", "This file is not valid XML in line 1, column 5: Reference to undeclared entity 'nbsp'")]
    [InlineData("<?xml version='1.0' encoding='klingon'?><r/>", "This XML file says it is in the encoding 'klingon', which is not known here.")]
    public async Task AFileThatCannotBeReadSaysWhatIsWrong(string text, string message)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromTextAsync(text, "bad.xml"));

        Assert.StartsWith(message, fault.Message);
    }

    [Fact]
    public async Task OnlyWantedTablesAreReadAndTheSeparatorCanBeChosen()
    {
        var text = "<db><c><a><b>1</b></a></c><c><a><b>2</b></a></c><o><n>A</n></o><o><n>B</n></o></db>";

        var file = await TablesRead.FromTextAsync(text, "db.xml", new ReadOptions { Tables = ["c"], PathSeparator = "." });

        Assert.Equal(["a.b"], file.Only.Labels);
    }
}
