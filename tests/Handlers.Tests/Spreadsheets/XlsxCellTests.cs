using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class XlsxCellTests
{
    private const string NoResult = "Holds a formula whose result is not stored in the file. Open the file in a spreadsheet program, save it, and upload it again.";

    [Theory]
    [InlineData("12", "12")]
    [InlineData("-7", "-7")]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("1E+15", "1000000000000000")]
    [InlineData("4.5351234567890123E+15", "4535123456789012")]
    [InlineData("1.2345678901234567E+19", "12345678901234567000")]
    [InlineData("1E-3", "0.001")]
    [InlineData("-2.5E-7", "-0.00000025")]
    [InlineData("1e300", "1E+300")]
    [InlineData("00042", "42")]
    [InlineData("1.50", "1.5")]
    [InlineData(" 5 ", "5")]
    public async Task ANumberIsWrittenInItsShortestDigits(string value, string text) =>
        Assert.Equal(new ReadCell(text, CellKind.Number), await CellAsync($"<c r=\"A2\"><v>{value}</v></c>"));

    [Theory]
    [InlineData("abc", "Is marked as a number in the file but is none.")]
    [InlineData("NaN", "Is marked as a number in the file but is none.")]
    public async Task WhatIsNoNumberStaysAsTextWithARemark(string value, string remark) =>
        Assert.Equal(new ReadCell(value, CellKind.Text, remark), await CellAsync($"<c r=\"A2\"><v>{value}</v></c>"));

    [Theory]
    [InlineData("14", "45000", "2023-03-15")]
    [InlineData("14", "45000.5", "2023-03-15T12:00:00")]
    [InlineData("22", "45000", "2023-03-15T00:00:00")]
    [InlineData("22", "45000.604166666664", "2023-03-15T14:30:00")]
    [InlineData("20", "0.4375", "10:30:00")]
    [InlineData("20", "0.99999999999", "23:59:59.999")]
    [InlineData("21", "45000.4375", "2023-03-15T10:30:00")]
    [InlineData("14", "1", "1900-01-01")]
    [InlineData("14", "59", "1900-02-28")]
    [InlineData("14", "61", "1900-03-01")]
    [InlineData("14", "2958465", "9999-12-31")]
    [InlineData("28", "0.5", "12:00:00")]
    [InlineData("28", "45000", "2023-03-15")]
    [InlineData("yyyy\\-mm\\-dd", "45000", "2023-03-15")]
    [InlineData("[$-409]d/m/yyyy h:mm AM/PM;@", "45000.25", "2023-03-15T06:00:00")]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45000", "2023-03-15")]
    [InlineData("[$-411]ggge\"年\"m\"月\"d\"日\"", "45000", "2023-03-15")]
    [InlineData("mmm yyyy", "45000", "2023-03-15")]
    [InlineData("h:mm:ss.000", "0.500001", "12:00:00.086")]
    public async Task ADateIsWhatItsFormatSays(string format, string serial, string text) =>
        Assert.Equal(new ReadCell(text, CellKind.Date), await StyledAsync(format, serial));

    [Theory]
    [InlineData("14", "0")]
    [InlineData("14", "60")]
    [InlineData("14", "-3")]
    [InlineData("14", "2958466")]
    public async Task ANumberThatIsNoDayStaysANumberWithARemark(string format, string serial) =>
        Assert.Equal(new ReadCell(serial, CellKind.Number, "Is shown as a date but is none: the number stands instead."), await StyledAsync(format, serial));

    [Theory]
    [InlineData("date1904=\"1\"", "0", "1904-01-01")]
    [InlineData("date1904=\"true\"", "43538", "2023-03-15")]
    [InlineData("date1904=\"0\"", "45000", "2023-03-15")]
    public async Task TheWorkbookSaysWhereItsDaysBegin(string properties, string serial, string text) =>
        Assert.Equal(new ReadCell(text, CellKind.Date), await CellAsync($"<c r=\"A2\" s=\"0\"><v>{serial}</v></c>", p => p.Styles("14"), properties));

    [Theory]
    [InlineData("46", "1.5625", "37:30:00")]
    [InlineData("[h]:mm", "0.0625", "01:30:00")]
    [InlineData("[mm]:ss", "0.5", "12:00:00")]
    [InlineData("[h]:mm:ss", "-0.0625", "-01:30:00")]
    [InlineData("[=0]?;[<4.16666666666667][hh]:mm:ss;[hh]:mm", "0.5", "12:00:00")]
    public async Task ALengthOfTimeIsWrittenInHours(string format, string serial, string text) =>
        Assert.Equal(new ReadCell(text, CellKind.Text), await StyledAsync(format, serial));

    [Theory]
    [InlineData("00000", "123", "00123")]
    [InlineData("00000-0000", "12345678", "01234-5678")]
    [InlineData("000-00-0000", "78051120", "078-05-1120")]
    [InlineData("000\\-00\\-0000", "78051120", "078-05-1120")]
    [InlineData("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234", "555-1234")]
    [InlineData("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "2125551234", "(212) 555-1234")]
    [InlineData("\"INV-\"0000", "42", "INV-0042")]
    [InlineData("00", "5", "05")]
    [InlineData("0000", "123456", "123456")]
    [InlineData("000 000 000", "46454286", "046 454 286")]
    public async Task AFormatWithZerosOrSignsMakesATextOfANumber(string format, string number, string text) =>
        Assert.Equal(new ReadCell(text, CellKind.Text), await StyledAsync(format, number));

    [Theory]
    [InlineData("0", "7")]
    [InlineData("00000", "1.5")]
    [InlineData("00000", "-4")]
    [InlineData("#,##0.00", "1234.5")]
    [InlineData("# ##0", "1234")]
    [InlineData("#\\ ##0", "1234")]
    [InlineData("#'##0", "1234")]
    [InlineData("_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-", "1234.5")]
    [InlineData("[$€-407]#,##0.00", "9.99")]
    [InlineData("\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)", "-12")]
    [InlineData("0.00E+00", "12345")]
    [InlineData("# ?/?", "0.5")]
    [InlineData("0\" kg\"", "5")]
    [InlineData("General", "5")]
    [InlineData("[Red]General", "5")]
    [InlineData("@", "5")]
    [InlineData("10", "0.25")]
    [InlineData("0.0%", "0.25")]
    public async Task AFormatThatOnlyLooksDifferentLeavesTheNumber(string format, string number) =>
        Assert.Equal(new ReadCell(number, CellKind.Number), await StyledAsync(format, number));

    [Theory]
    [InlineData("<c r=\"A2\" t=\"b\"><v>1</v></c>", "true", CellKind.Boolean)]
    [InlineData("<c r=\"A2\" t=\"b\"><f>1=2</f><v>0</v></c>", "false", CellKind.Boolean)]
    [InlineData("<c r=\"A2\" t=\"str\"><f>A1&amp;B1</f><v>a &lt; b</v></c>", "a < b", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"str\"><f>A9</f><v></v></c>", "", CellKind.Empty)]
    [InlineData("<c r=\"A2\"><f>1+1</f><v>2</v></c>", "2", CellKind.Number)]
    [InlineData("<c r=\"A2\"/>", "", CellKind.Empty)]
    [InlineData("<c r=\"A2\" t=\"s\"><v></v></c>", "", CellKind.Empty)]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> in line </t></is></c>", " in line ", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>bold</t></r><r><t> and not</t></r><rPh sb=\"0\" eb=\"1\"><t>read aloud</t></rPh></is></c>", "bold and not", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><t><![CDATA[a & <b>]]></t></is></c>", "a & <b>", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><t>a<!-- no text -->b</t></is></c>", "ab", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"str\"><v>one_x000D_\ntwo _x005F_x0041_ _x0000_ _xD83D__xDE00_ _xD83D_</v></c>", "one\r\ntwo _x0041_ _x0000_ 😀 _xD83D_", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"str\"><v>&#x1F600;&#233;&quot;&unknown;&#xD800;</v></c>", "😀é\"&unknown;&#xD800;", CellKind.Text)]
    [InlineData("<c r=\"A2\" t=\"d\"><v>2026-01-31T10:30:00</v></c>", "2026-01-31T10:30:00", CellKind.Date)]
    [InlineData("<c r=\"A2\" t=\"d\"><v>PT37H30M</v></c>", "37:30:00", CellKind.Text)]
    public async Task ACellIsWhatItsTypeSays(string cell, string text, CellKind kind) => Assert.Equal(new ReadCell(text, kind), await CellAsync(cell));

    [Fact]
    public async Task AnErrorIsKeptWithARemark() =>
        Assert.Equal(
            new ReadCell("#N/A", CellKind.Error, "Holds the error #N/A of the spreadsheet. Correct the formula there, or enter the value here."),
            await CellAsync("<c r=\"A2\" t=\"e\"><f>NA()</f><v>#N/A</v></c>"));

    [Theory]
    [InlineData("<c r=\"A2\"><f>SUM(B1:B9)</f></c>")]
    [InlineData("<c r=\"A2\"><f>SUM(B1:B9)</f><v></v></c>")]
    [InlineData("<c r=\"A2\"><f>SUM(B1:B9)</f><v/></c>")]
    [InlineData("<c r=\"A2\"><f t=\"shared\" si=\"0\"/></c>")]
    public async Task AFormulaWithoutItsResultIsRemarked(string cell) =>
        Assert.Equal(new ReadCell("", CellKind.Empty, NoResult), await CellAsync(cell));

    [Fact]
    public async Task SharedTextsAreJoinedFromTheirRuns()
    {
        var parts = new XlsxParts()
            .Strings("<t>id</t>", "<r><t>two </t></r><r><rPr><b/></rPr><t>runs</t></r><rPh sb=\"0\" eb=\"1\"><t>aloud</t></rPh>", "<t/>", "<t>a &amp; b_x000D_</t>", "<t xml:space=\"preserve\">  </t>")
            .Sheet("""<row><c t="s"><v>0</v></c><c t="str"><v>key</v></c></row><row><c t="s"><v>1</v></c><c><v>1</v></c></row><row><c t="s"><v>2</v></c><c><v>2</v></c></row><row><c t="s"><v>3</v></c><c><v>3</v></c></row><row><c t="s"><v>4</v></c></row>""");

        Assert.Equal(["two runs|1", "|2", "a & b\r|3"], (await ReadSheets.FromAsync(parts)).Single.Lines);
    }

    private static Task<ReadCell> StyledAsync(string format, string number) => CellAsync($"<c r=\"A2\" s=\"0\"><v>{number}</v></c>", p => p.Styles(format));

    private static async Task<ReadCell> CellAsync(string cell, Func<XlsxParts, XlsxParts>? with = null, string properties = "")
    {
        var parts = new XlsxParts { Properties = properties }.Sheet(
            $"""<row r="1"><c r="A1" t="str"><v>name</v></c><c r="B1" t="str"><v>key</v></c></row><row r="2">{cell}<c r="B2" t="str"><v>x</v></c></row>""");
        return (await ReadSheets.FromAsync(with?.Invoke(parts) ?? parts)).Single.Rows[0][0];
    }
}
