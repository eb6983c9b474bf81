using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class BadFileTests
{
    public static TheoryData<byte[], string> Binaries => new()
    {
        { [.. "PK\u0003\u0004..........xl/workbook.xml"u8], "This file is not text: it looks like an Excel workbook (XLSX) or another Office file. Open it in the program that made it, save the sheet as CSV, and upload that file." },
        { [.. "PK\u0003\u0004..........data.csv"u8], "This file is not text: it looks like a ZIP archive. Unpack it and upload the text file inside." },
        { [.. "%PDF-1.7\n"u8], "This file is not text: it looks like a PDF document. Export the data as CSV and upload that file." },
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "This file is not text: it looks like an image. Export the data as CSV and upload that file." },
        { [0x1F, 0x8B, 8, 0], "This file is not text: it looks like a gzip archive. Unpack it and upload the text file inside." },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "This file is not text: it looks like an old Excel workbook (XLS) or another old Office file. Open it in the program that made it, save the sheet as CSV, and upload that file." },
        { [1, 0, 0, 7, 0, 0, 0, 3, 9, 8], "This file is not text: it holds NUL bytes. If it is a spreadsheet, a database or an archive, export the data as CSV (UTF-8) and upload that file." },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public async Task ABinaryFileSaysWhatItLooksLikeAndWhatToDo(byte[] content, string message)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.FromBytesAsync(content));

        Assert.Equal(message, fault.Message);
    }

    [Theory]
    [InlineData("", "This file is empty: it has no bytes at all. Upload a file with a header and rows.")]
    [InlineData("\r\n \n\t\n", "This file is empty: it holds no visible character. Upload a file with a header and rows.")]
    [InlineData("\uFEFF", "This file is empty: it holds no visible character. Upload a file with a header and rows.")]
    public async Task AnEmptyFileSaysSo(string text, string message)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.FromTextAsync(text));

        Assert.Equal(message, fault.Message);
    }

    [Fact]
    public async Task OnlyAHeaderHasNoRows()
    {
        var table = await ReadTable.FromTextAsync("id,name,city\n");

        Assert.Equal(["id", "name", "city"], table.Labels);
        Assert.Empty(table.Rows);
    }

    /// <summary>Enough rows with good quotes that the bad one does not seem to be the rule.</summary>
    private static readonly string GoodRows = string.Concat(Enumerable.Range(10, 10).Select(i => $"{i},\"q, {i}\",0\n"));

    [Fact]
    public async Task AQuoteThatNeverClosesInARowOfTheRightWidthIsACharacter()
    {
        var table = await ReadTable.FromTextAsync("id,name,n\n" + GoodRows + "1,a,0\n2,b,\"0\n3,c,0\n");

        Assert.Equal([["1", "a", "0"], ["2", "b", "\"0"], ["3", "c", "0"]], table.Rows.Skip(10));
        Assert.Equal(["row 13, column 3: This cell begins with a quote that is never closed. The quote was kept as a character."], table.Remarks);
    }

    [Fact]
    public async Task AQuoteThatNeverClosesFailsWithTheRowItBeganIn()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.FromTextAsync("id,name,n\n" + GoodRows + "2,\"b\n3,c,1\n4,d,1\n"));

        Assert.StartsWith("Row 12 (line 12) opens a quoted cell that is never closed", fault.Message);
    }

    [Fact]
    public async Task AGiantOpenQuoteFailsBeforeItIsRead()
    {
        using var endless = new EndlessStream("id,name,n\n1,a,1\n2,\"b"u8.ToArray(), "xxxxxxx\n"u8.ToArray());

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.FromStreamAsync(endless));

        Assert.StartsWith("Row 3 (line 3) holds a cell longer than 1 million characters.", fault.Message);
        Assert.InRange(endless.Position, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public async Task AnEndlessRecordFailsBeforeItIsRead()
    {
        using var endless = new EndlessStream("id,name\n1,a\n2"u8.ToArray(), ",x"u8.ToArray());

        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.FromStreamAsync(endless));

        Assert.StartsWith("Row 3 (line 3) is longer than 16 million characters.", fault.Message);
    }

    [Fact]
    public async Task ACellJustBelowTheLimitIsRead()
    {
        var cell = new string('x', DelimitedReader.MaxCell - 10);

        var table = await ReadTable.FromTextAsync($"id,name\n1,\"{cell}\"\n2,b\n");

        Assert.Equal([["1", cell], ["2", "b"]], table.Rows);
    }

    [Fact]
    public async Task ABadQuoteIsACharacterWhereTheRowIsWholeAndElseRefusedWithItsLines()
    {
        var table = await ReadTable.FromTextAsync("id,name,n\n" + GoodRows + "1,\"a\"b,1\n2,b,2\n3,\"two\nlines\"x,3\n4,d,4\n");

        Assert.Equal(["row 14 (lines 14 to 15) has a quote inside a quoted cell; write it twice"], table.Refused);
        Assert.Equal([["1", "\"a\"b", "1"], ["2", "b", "2"], ["4", "d", "4"]], table.Rows.Skip(10));
    }

    [Fact]
    public async Task AStrayQuoteIsKeptWhenTheRowIsOtherwiseWhole()
    {
        var table = await ReadTable.FromTextAsync("id,name,n\n1,\"He said \"hi\" to me\",1\n2,5\" pipe,2\n");

        Assert.Equal([["1", "He said \"hi\" to me", "1"], ["2", "5\" pipe", "2"]], table.Rows);
    }

    [Fact]
    public async Task AStrayQuoteThatMergesCellsIsACharacterWhereTheRowIsWholeAndElseRefused()
    {
        var table = await ReadTable.FromTextAsync("id,name,n\n" + GoodRows + "1,\"a\"b,\"c\"\n2,b,2\n3,\"a\"b,c,\"d\"\n4,b,4\n");

        Assert.Equal(["row 14 has a quote inside a quoted cell; write it twice"], table.Refused);
        Assert.Equal([["1", "\"a\"b", "c"], ["2", "b", "2"], ["4", "b", "4"]], table.Rows.Skip(10));
    }

    /// <summary>A beginning, then the same bytes for ever.</summary>
    private sealed class EndlessStream(byte[] head, byte[] again) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, Position++)
            {
                buffer[offset + i] = Position < head.Length ? head[Position] : again[(Position - head.Length) % again.Length];
            }

            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
