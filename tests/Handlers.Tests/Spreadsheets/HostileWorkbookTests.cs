using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class HostileWorkbookTests
{
    private const string Rows = """<row r="1"><c r="A1" t="str"><v>id</v></c><c r="B1" t="str"><v>name</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>a</v></c></row>""";
    private const string Entities = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml", "worksheet")]
    [InlineData("xl/sharedStrings.xml", "sst")]
    public async Task ADocumentTypeIsRefusedInPartsThatStream(string part, string root)
    {
        var parts = new XlsxParts().Sheet(Rows).Part(part, $"{Entities}<{root} xmlns=\"{XlsxParts.Main}\"><sheetData>{Rows}<row><c t=\"str\"><v>&b;&x;</v></c></row></sheetData></{root}>");

        Assert.Equal($"The part {part} of this workbook declares a document type, which no spreadsheet program writes. Save the workbook anew and upload it again.", (await ReadSheets.FaultAsync(parts)).Message);
    }

    [Theory]
    [InlineData("xl/workbook.xml")]
    [InlineData("xl/styles.xml")]
    [InlineData("_rels/.rels")]
    [InlineData("xl/_rels/workbook.xml.rels")]
    public async Task ADocumentTypeIsRefusedInSmallParts(string part)
    {
        var fault = await ReadSheets.FaultAsync(new XlsxParts().Sheet(Rows).Part(part, $"{Entities}<r>&b;&x;</r>"));

        Assert.StartsWith("This workbook's list of sheets or styles cannot be read: For security reasons DTD is prohibited", fault.Message);
    }

    [Fact]
    public async Task DeepNestingIsRefusedWhereItWouldTakeMemory()
    {
        var deep = new StringBuilder().Insert(0, "<a>", 100_000).Insert(300_000, "</a>", 100_000).ToString();

        Assert.Contains("nested deeper than 256", (await ReadSheets.FaultAsync(new XlsxParts().Sheet(Rows).Part("xl/styles.xml", deep))).Message);
        Assert.Equal(["1|a"], (await ReadSheets.FromAsync(new XlsxParts().Sheet(Rows, before: deep, behind: deep))).Single.Lines);
    }

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet>")]
    [InlineData("xl/sharedStrings.xml", "<sst><si><t>")]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>")]
    public async Task APartThatExpandsTooFarIsRefused(string part, string start)
    {
        var bomb = Archive((part, start, 100));
        Assert.InRange(bomb.Length, 0, 1_000_000);
        var fault = await ReadSheets.FaultAsync(bomb);

        Assert.Matches($"^The part {part} of this workbook (expands too far: to more than|holds a row or text longer than) [0-9]+ MB", fault.Message);
    }

    [Fact]
    public async Task ATextOfManyMegabytesIsRefused()
    {
        var parts = new XlsxParts().Strings("<t>id</t>", $"<t>{new string('x', 4_000_000)}</t>").Sheet("""<row><c t="s"><v>0</v></c></row><row r="2"><c t="s"><v>1</v></c></row><row><c><v>3</v></c></row>""");
        var sheet = (await ReadSheets.FromAsync(parts)).Single;

        Assert.Equal("row 2 holds a text longer than 1 million characters in cell A2", Assert.Single(sheet.Refused));
        Assert.Equal(["3"], sheet.Lines);
    }

    [Fact]
    public async Task ACellInTheLastCornerIsOneRowWithOneCell()
    {
        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Sheet("""<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>""", before: "<dimension ref=\"A1:XFD1048576\"/>"))).Single;

        Assert.Equal(["Column 16384"], sheet.Labels);
        Assert.Equal(["1"], sheet.Lines);
        Assert.Equal([1048576], sheet.Numbers);
    }

    [Fact]
    public async Task AMillionStyledBlankRowsAreNoRows()
    {
        var blank = new StringBuilder();
        for (var row = 3; row <= 1048576; row++)
        {
            blank.Append(System.Globalization.CultureInfo.InvariantCulture, $"<row r=\"{row}\" spans=\"1:2\" s=\"1\" customFormat=\"1\"><c r=\"A{row}\" s=\"1\"/></row>");
        }

        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Sheet(Rows + blank))).Single;

        Assert.Equal(["1|a"], sheet.Lines);
    }

    [Fact]
    public async Task AMillionMergedRangesAreCountedAndNotKept()
    {
        var merges = new StringBuilder("<mergeCells>").Insert(12, "<mergeCell ref=\"A5:B5\"/>", 1_000_000).Append("</mergeCells>").ToString();
        var sheet = (await ReadSheets.FromAsync(new XlsxParts().Sheet(Rows, behind: merges))).Single;

        Assert.Equal("1000000", sheet.Decisions.Single(d => d.Property == "mergedCells").Value);
    }

    [Fact]
    public async Task AbsurdCountsAreNotBelieved()
    {
        var parts = new XlsxParts().Sheet("""<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>""")
            .Part("xl/sharedStrings.xml", $"<sst xmlns=\"{XlsxParts.Main}\" count=\"2147483647\" uniqueCount=\"2147483647\"><si><t>id</t></si><si><t>a</t></si></sst>");

        Assert.Equal(["a"], (await ReadSheets.FromAsync(parts)).Single.Lines);
    }

    [Fact]
    public async Task TooManyPartsAreRefusedBeforeTheyAreListed()
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("xl/workbook.xml").Open().Dispose();
            for (var i = 0; i < 10_001; i++)
            {
                archive.CreateEntry($"{i}").Open().Dispose();
            }
        }

        var fault = await ReadSheets.FaultAsync(file.ToArray());

        Assert.StartsWith("This workbook's archive holds more than 10,000 parts.", fault.Message);
    }

    [Fact]
    public async Task APartWhoseSizeIsUnderstatedIsReadToThatSizeAndRefused()
    {
        var bytes = new XlsxParts().Sheet(Rows).ToBytes();
        var name = bytes.AsSpan().LastIndexOf("xl/worksheets/sheet1.xml"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(name - 46 + 24), 100);

        Assert.Contains("xl/worksheets/sheet1.xml", (await ReadSheets.FaultAsync(bytes)).Message);
    }

    [Fact]
    public async Task EveryCutOffFileSaysSo()
    {
        var bytes = new XlsxParts().Strings("<t>id</t>").Styles("14").Sheet(Rows).ToBytes();
        for (var length = 4; length < bytes.Length; length += 7)
        {
            var fault = await ReadSheets.FaultAsync(bytes[..length]);

            Assert.EndsWith(".", fault.Message);
        }
    }

    [Fact]
    public async Task APartCutOffInsideSaysBehindWhichRow()
    {
        var parts = new XlsxParts().Sheet("").Part("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{XlsxParts.Main}\"><sheetData>{Rows}<row r=\"3\"><c r=\"A3\"><v>12");

        Assert.Equal(
            "The sheet 'Sheet1' is cut off behind row 2: its part xl/worksheets/sheet1.xml does not end as it should. Upload the file again; if that does not help, get it again from where it came from.",
            (await ReadSheets.FaultAsync(parts)).Message);
    }

    [Fact]
    public async Task AFlippedBitInAPackedPartIsFound()
    {
        // Stored without compression, so that the damage is valid XML and only the checksum tells.
        var bytes = Archive(("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{Rows}</sheetData></worksheet>", 0));
        var at = bytes.AsSpan().IndexOf("<v>a</v>"u8) + 3;
        bytes[at] = (byte)'b';

        Assert.Equal(
            "The part xl/worksheets/sheet1.xml of this workbook is damaged: it does not unpack to what was packed. Get the file again from where it came from, and upload it anew.",
            (await ReadSheets.FaultAsync(bytes)).Message);
    }

    [Fact]
    public async Task AMissingPartIsNamed()
    {
        var parts = new XlsxParts().Sheet(Rows)
            .Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{XlsxParts.Office}/worksheet" Target="worksheets/gone.xml"/></Relationships>""");

        Assert.StartsWith("The part xl/worksheets/gone.xml of this workbook is missing.", (await ReadSheets.FaultAsync(parts)).Message);
    }

    [Fact]
    public async Task NothingOutsideTheFileIsFollowed()
    {
        var parts = new XlsxParts().Sheet(Rows)
            .Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{XlsxParts.Office}/worksheet" Target="http://127.0.0.1:9/sheet.xml" TargetMode="External"/></Relationships>""");

        Assert.Equal(["1|a"], (await ReadSheets.FromAsync(parts)).Single.Lines);
    }

    [Fact]
    public async Task AnEmptyWorkbookSaysSo()
    {
        Assert.Equal("This workbook is empty: no sheet of it holds a value. Upload a file with a header and rows.", (await ReadSheets.FaultAsync(new XlsxParts().Sheet(""))).Message);
        Assert.StartsWith("Every sheet of this workbook that holds something is hidden.", (await ReadSheets.FaultAsync(new XlsxParts().Sheet(Rows, "One", "hidden"))).Message);
    }

    [Fact]
    public async Task OtherOfficeFilesAreCalledByTheirName() =>
        Assert.StartsWith(
            "This file is a text document, not a workbook.",
            (await ReadSheets.FaultAsync(Archive(("word/document.xml", "<document/>", 0)))).Message);

    [Fact]
    public async Task RandomDamageNeverBreaksTheReading()
    {
        var good = new XlsxParts().Strings("<t>id</t>", "<t>x</t>").Styles("14", "00000").Sheet(Rows + """<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="0"><v>45000</v></c></row>""").ToBytes();
        var random = new Random(7);
        for (var run = 0; run < 2000; run++)
        {
            var bytes = (byte[])good.Clone();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                await ReadSheets.FromAsync(bytes, "file.xlsx");
            }
            catch (UnreadableFileException fault)
            {
                Assert.EndsWith(".", fault.Message);
            }
        }
    }

    /// <summary>A workbook whose parts are given as their beginning and megabytes of zeros behind it; stored as they are when there are none.</summary>
    private static byte[] Archive(params (string Name, string Start, int Megabytes)[] parts)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var usual = new ZipArchive(new MemoryStream(new XlsxParts().Sheet(Rows.Replace("</row>", "<c t=\"s\"><v>0</v></c></row>", StringComparison.Ordinal)).ToBytes())))
            {
                foreach (var entry in usual.Entries.Where(e => parts.All(p => p.Name != e.FullName) && (parts[0].Name.StartsWith("xl/", StringComparison.Ordinal) || e.FullName.StartsWith('_') && e.FullName == "none")))
                {
                    using var from = entry.Open();
                    using var to = archive.CreateEntry(entry.FullName).Open();
                    from.CopyTo(to);
                }
            }

            var blanks = new byte[1024 * 1024];
            blanks.AsSpan().Fill((byte)' ');
            foreach (var (name, start, megabytes) in parts)
            {
                using var to = archive.CreateEntry(name, megabytes == 0 ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                to.Write(Encoding.UTF8.GetBytes(start));
                for (var i = 0; i < megabytes; i++)
                {
                    to.Write(blanks);
                }
            }
        }

        return file.ToArray();
    }
}
