using System.IO.Compression;
using System.Text;
using Flatfile.Agent.Handlers.Archives;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Archives;

/// <summary>Archives made to hurt, cut off, or lying.</summary>
public sealed class HostileZipTests
{
    [Fact]
    public async Task AQuarterOfAGigabyteOfZerosIsRefusedBeforeItIsUnpacked()
    {
        var zip = ZipOfZeros("zeros.csv", 256);

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromBytesAsync(zip, "bomb.zip"));

        Assert.Equal("This archive says it unpacks to more than 200 times its size, as archives made to do harm do. If its files are real, unpack it and upload them by themselves.", fault.Message);
    }

    [Fact]
    public async Task AnEntryThatHidesItsSizeIsNotReadBeyondIt()
    {
        var zip = Zip.Of(("lie.csv", "id,name\n1,a\n2,b\n3,c\n"), ("true.csv", "id,n\n1,a\n"));
        ZipBytes.SetUnpacked(zip, "lie.csv", 10);

        var file = await TablesRead.FromBytesAsync(zip, "lie.zip");

        Assert.Equal("true", file.Only.Name);
        Assert.StartsWith("lie.csv: lie.csv was left out. 'lie.csv' is damaged or cut off in its archive", file.Decided("leftOut"));
    }

    [Fact]
    public async Task ABombInsideAnArchiveIsStoppedWhileItUnpacks()
    {
        // The archive lists a small file only; what that unpacks to is seen when it is unpacked.
        var gzip = Zip.Gzip(Encoding.UTF8.GetBytes("id,n\n1,a\n" + new string('\n', 64 * 1024 * 1024)));

        var fault = await FaultAsync(Zip.Of(("a.csv.gz", gzip), ("b.csv", "id,n\n1,a\n"u8.ToArray())), "bomb.zip");

        Assert.StartsWith("This archive unpacks to more than 200 times its size", fault);
    }

    [Theory]
    [InlineData("bomb.json.gz", "[\"", 'x')]
    [InlineData("bomb.csv.gz", "id,name\n1,a\n2,b\n", '\n')]
    public async Task AGzipBombIsStoppedWhileItUnpacks(string name, string begin, char again)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(begin));
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)again);
            for (var i = 0; i < 100; i++)
            {
                gzip.Write(block);
            }
        }

        Assert.Equal(
            "This archive unpacks to more than 200 times its size, as archives made to do harm do. If its files are real, unpack it and upload them by themselves.",
            await FaultAsync(packed.ToArray(), name));
    }

    [Fact]
    public async Task OneEntryListedAThousandTimesIsRefused()
    {
        var zip = ZipBytes.Repeat(Zip.Of(("a.csv", "id,n\n1,a\n")), 1000);

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromBytesAsync(zip, "many.zip"));

        Assert.StartsWith("The files in this archive overlap, as in archives made to do harm.", fault.Message);
    }

    [Theory]
    [InlineData(10_001)]
    [InlineData(70_000)]
    public async Task TooManyEntriesAreRefusedUnlisted(int count)
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < count; i++)
            {
                zip.CreateEntry($"{i}.csv", CompressionLevel.NoCompression);
            }
        }

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromBytesAsync(archive.ToArray(), "many.zip"));

        Assert.Equal("This archive holds more than 10,000 files, the limit. Split it into smaller archives.", fault.Message);
    }

    [Fact]
    public async Task AnArchiveThatContainsItselfComesToAnEnd()
    {
        // A true quine unpacks to itself; ten levels of the same are as deep as the reader can tell.
        var zip = Zip.Of(("a.csv", "id,n\n1,a\n"));
        for (var level = 0; level < 10; level++)
        {
            zip = Zip.Of(("a.csv", Encoding.UTF8.GetBytes("id,n\n1,a\n")), ("a.zip", zip));
        }

        var file = await TablesRead.FromBytesAsync(zip, "quine.zip");

        Assert.Equal(["a", "a.zip/a", "a.zip/a.zip/a"], file.Tables.Select(t => t.Name));
    }

    [Theory]
    [InlineData("../../../../tmp/evil.csv", "tmp/evil")]
    [InlineData("..\\..\\evil.csv", "evil")]
    [InlineData("/etc/cron.d/x.csv", "etc/cron.d/x")]
    [InlineData("C:\\x.csv", "x")]
    [InlineData("\\\\host\\share\\x.csv", "host/share/x")]
    [InlineData("ok/../../evil.csv", "ok/evil")]
    [InlineData("%2e%2e%2fx.csv", "%2e%2e%2fx")]
    [InlineData("....//x.csv", "x")]
    [InlineData("\uFF0E\uFF0E/x.csv", "\uFF0E\uFF0E/x")]
    [InlineData("x .csv ", "x ")]
    [InlineData("CON.csv", "CON")]
    [InlineData("NUL.csv", "NUL")]
    [InlineData("a:b.csv", "a:b")]
    [InlineData("./x.csv", "x")]
    [InlineData("a\0b.csv", "ab")]
    [InlineData("a\r\nb.csv", "ab")]
    [InlineData("\u202Egnp.csv", "gnp")]
    [InlineData("😀.csv", "😀")]
    public async Task ANameIsALabelAndNothingElse(string name, string label)
    {
        var file = await TablesRead.FromBytesAsync(Zip.Of((name, "id,n\n1,a\n")), "names.zip", new ReadOptions());

        Assert.Equal(label, file.Only.Name);
        Assert.Equal([["1", "a"]], file.Only.Rows);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(10_000)]
    public async Task ALongNameKeepsItsEnd(int length)
    {
        var file = await TablesRead.FromBytesAsync(Zip.Of((new string('x', length) + ".csv", "id,n\n1,a\n")), "names.zip");

        Assert.Equal("…" + new string('x', 195), file.Only.Name);
    }

    [Theory]
    [InlineData(0xA1FFu)]
    [InlineData(0x61B6u)]
    public async Task LinksAndDevicesAreLeftOut(uint mode)
    {
        var zip = Zip.Of(("link.csv", "/etc/passwd"), ("true.csv", "id,n\n1,a\n"));
        ZipBytes.SetMode(zip, "link.csv", mode);

        var file = await TablesRead.FromBytesAsync(zip, "link.zip");

        Assert.Equal("true", file.Only.Name);
        Assert.Equal("link.csv: link.csv was left out. It is a link or device, not a file.", file.Decided("leftOut"));
    }

    [Fact]
    public async Task AnUnknownMethodIsLeftOut()
    {
        var zip = Zip.Of(("lzma.csv", "id,n\n1,a\n"), ("true.csv", "id,n\n1,a\n"));
        ZipBytes.SetMethod(zip, "lzma.csv", 14);

        var file = await TablesRead.FromBytesAsync(zip, "lzma.zip");

        Assert.StartsWith("lzma.csv: lzma.csv was left out. It is packed by a method that is not read here.", file.Decided("leftOut"));
    }

    [Fact]
    public async Task ACutArchiveSaysSo()
    {
        var zip = Zip.Of(("a.csv", "id,n\n1,a\n"), ("b.csv", "id,n\n1,a\n"));
        for (var length = 4; length < zip.Length; length += 7)
        {
            Assert.Contains("damaged or cut off", await FaultAsync(zip[..length], "cut.zip"));
        }
    }

    [Fact]
    public async Task ACutGzipFileKeepsItsRowsAndSaysSo()
    {
        var rows = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i},{i * 7919 % 100_003}\n"));
        var packed = Zip.Gzip(Encoding.UTF8.GetBytes("id,n\n" + rows));

        var file = await TablesRead.FromBytesAsync(packed[..(packed.Length * 3 / 4)], "cut.csv.gz");

        Assert.InRange(file.Only.Rows.Count, 100, 39_999);
        Assert.Equal("'cut.csv' is damaged or cut off in its archive: it does not unpack to what the archive says. Pack it again and upload the archive again.", file.Fault);
    }

    [Fact]
    public async Task DamageIsToldAndNeverThrowsAnythingElse()
    {
        var zip = Zip.Of(("a.csv", "id,n\n1,a\n2,b\n"), ("b.json", """[{"a":1},{"a":2}]"""), ("c.zip", Encoding.Latin1.GetString(Zip.Of(("d.csv", "i,n\n1,a\n")))));
        var random = new Random(6);
        for (var round = 0; round < 1_500; round++)
        {
            var damaged = (byte[])zip.Clone();
            for (var hit = random.Next(1, 5); hit > 0; hit--)
            {
                damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            }

            _ = await FaultAsync(damaged, "d.zip");
        }
    }

    private static async Task<string> FaultAsync(byte[] bytes, string name)
    {
        try
        {
            return (await TablesRead.FromBytesAsync(bytes, name)).Fault ?? "";
        }
        catch (UnreadableFileException fault)
        {
            return fault.Message;
        }
    }

    private static byte[] ZipOfZeros(string name, int megabytes)
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            var block = new byte[1024 * 1024];
            for (var i = 0; i < megabytes; i++)
            {
                entry.Write(block);
            }
        }

        return archive.ToArray();
    }
}
