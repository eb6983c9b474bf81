using System.Text;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class EncodingTests
{
    private const string Text = "id,name,city\r\n1,Zoë,Köln\r\n2,\"Ñandú, große\",Århus\r\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, string, bool> Matrix => new()
    {
        { "utf-8", "UTF-8", false },
        { "utf-8", "UTF-8", true },
        { "utf-16", "UTF-16LE", true },
        { "utf-16BE", "UTF-16BE", true },
        { "utf-16", "UTF-16LE", false },
        { "utf-16BE", "UTF-16BE", false },
        { "utf-32", "UTF-32LE", true },
        { "windows-1252", "Windows-1252", false },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task TheSameContentReadsTheSameInEveryEncoding(string encoding, string name, bool mark)
    {
        var table = await ReadTable.FromBytesAsync(Bytes(encoding, Text, mark));

        Assert.Equal(name, table.Encoding);
        Assert.Equal(["id", "name", "city"], table.Labels);
        Assert.Equal([["1", "Zoë", "Köln"], ["2", "Ñandú, große", "Århus"]], table.Rows);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task ALargeFileReadsTheSameHoweverItsBytesArrive(string encoding, string name, bool mark)
    {
        var text = new StringBuilder("id,name,note\n");
        for (var i = 0; i < 30_000; i++)
        {
            text.Append(i).Append(",Zoë Åström,\"é").Append('ü', i % 7).Append("\"\n");
        }

        var bytes = Bytes(encoding, text.ToString(), mark);
        var whole = await ReadTable.FromBytesAsync(bytes);
        var dribbled = await ReadTable.FromStreamAsync(new DribblingStream(bytes, 977));

        Assert.Equal(name, whole.Encoding);
        Assert.Equal(30_000, whole.Rows.Count);
        Assert.Equal(["29999", "Zoë Åström", "é" + new string('ü', 29999 % 7)], whole.Rows[^1]);
        Assert.Equal(whole.Rows, dribbled.Rows);
        Assert.Empty(whole.Refused);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16WithoutAMarkAndMostlyBeyondLatinIsFound(string encoding)
    {
        var table = await ReadTable.FromBytesAsync(Bytes(encoding, "名前,都市\r\n山田,東京\r\nĀbols,Rīga\r\n", mark: false));

        Assert.Equal([["山田", "東京"], ["Ābols", "Rīga"]], table.Rows);
    }

    [Fact]
    public async Task ASignOfACurrencyAloneIsNoLetterOfAnotherScript()
    {
        var bytes = Windows1252.GetBytes("id;preis\n1;5 €\n2;7 €\n");
        using var stream = new MemoryStream(bytes);

        using var file = await DelimitedFile.OpenAsync(stream, "a.csv", CancellationToken.None);

        Assert.Equal("Windows-1252", file.EncodingName);
    }

    [Fact]
    public async Task BytesThatAreNotUtf8AfterTheSampleRefuseTheirRowAndNothingElse()
    {
        var bytes = new MemoryStream();
        bytes.Write("id,name\n1,Zoë\n"u8);
        for (var i = 2; i < 40_000; i++)
        {
            bytes.Write(Encoding.UTF8.GetBytes($"{i},Müller\n"));
        }

        bytes.Write([(byte)'x', (byte)',', (byte)'Z', (byte)'o', 0xEB, (byte)'\n']);
        bytes.Write("last,Zoë\n"u8);

        var table = await ReadTable.FromBytesAsync(bytes.ToArray());

        Assert.Equal(["row 40001 holds bytes that are not UTF-8; save the file as UTF-8"], table.Refused);
        Assert.Equal(40_000, table.Rows.Count);
        Assert.Equal(["last", "Zoë"], table.Rows[^1]);
    }

    [Fact]
    public async Task AFewBadBytesInTheSampleDoNotTurnTheWholeFileIntoAnotherEncoding()
    {
        var bytes = Encoding.UTF8.GetBytes("id,name\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"{i},Zoë\n"))).Concat("51,Z"u8.ToArray()).Append((byte)0xEB)
            .Append((byte)'\n').ToArray();

        var table = await ReadTable.FromBytesAsync(bytes);

        Assert.Equal("UTF-8", table.Encoding);
        Assert.Equal("Zoë", table.Rows[0][1]);
        Assert.Equal(["row 52 holds bytes that are not UTF-8; save the file as UTF-8"], table.Refused);
    }

    [Theory]
    [InlineData("windows-1252", "Windows-1252")]
    [InlineData("utf-8", "UTF-8")]
    public async Task AFileThatIsAsciiOverTheSampleIsDecidedAtItsFirstOtherByte(string encoding, string name)
    {
        var text = "id,name\n" + string.Concat(Enumerable.Range(1, 60_000).Select(i => $"{i},Miller\n")) + "x,Zoë\ny,Åström\n";
        Assert.True(text.Length > 2 * DecodingReader.SampleSize);

        var table = await ReadTable.FromBytesAsync(Bytes(encoding, text, mark: false));

        Assert.Equal(name, table.Encoding);
        Assert.Empty(table.Refused);
        Assert.Equal(["x", "Zoë"], table.Rows[^2]);
        Assert.Equal(["y", "Åström"], table.Rows[^1]);
        Assert.Equal(60_002, table.Rows.Count);
    }

    [Fact]
    public async Task ACharacterCutByTheSampleIsWhole()
    {
        // Every offset of a three-byte character against the end of the sample.
        for (var shift = 0; shift < 3; shift++)
        {
            var head = "id,name\n1,Zoë\n2,";
            var filler = new string('a', DecodingReader.SampleSize - Encoding.UTF8.GetByteCount(head) - 1 - shift);
            var table = await ReadTable.FromBytesAsync(Encoding.UTF8.GetBytes(head + filler + "語語語\n3,x\n"));

            Assert.Equal(filler + "語語語", table.Rows[1][1]);
            Assert.Empty(table.Refused);
        }
    }

    [Fact]
    public async Task AReplacementCharacterOrANoncharacterThatIsInTheFileStays()
    {
        var table = await ReadTable.FromTextAsync("id,name\n1,a\uFFFDb\n2,a\uFFFEb\n");

        Assert.Equal(["a\uFFFDb", "a\uFFFEb"], table.Rows.Select(r => r[1]));
        Assert.Empty(table.Refused);
    }

    [Fact]
    public async Task AnOddLastByteOfUtf16RefusesItsRow()
    {
        var table = await ReadTable.FromBytesAsync([.. Bytes("utf-16", "id,name\n1,a\n2,b", mark: true), 0x41]);

        Assert.Equal([["1", "a"]], table.Rows);
        Assert.Equal(["row 3 holds bytes that are not UTF-16LE; save the file as UTF-8"], table.Refused);
    }

    [Fact]
    public async Task ANulAfterTheSampleRefusesItsRow()
    {
        var text = "id,name\n" + string.Concat(Enumerable.Range(1, 60_000).Select(i => $"{i},Miller\n")) + "x,\0\ny,z\n";

        var table = await ReadTable.FromTextAsync(text);

        Assert.Equal(["row 60002 holds a NUL character, which is no text"], table.Refused);
        Assert.Equal(60_001, table.Rows.Count);
    }

    private static byte[] Bytes(string name, string text, bool mark)
    {
        var encoding = name == "windows-1252" ? Windows1252 : Encoding.GetEncoding(name);
        return mark ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);
    }
}
