using System.Text;
using Flatfile.Agent.Handlers.Archives;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Archives;

public sealed class ZipTests
{
    [Fact]
    public async Task EveryFileOfTheArchiveIsReadAsWhatItIs()
    {
        var zip = Zip.Of(("orders.csv", "id,name\n1,a\n2,b\n"), ("2024/people.json", """[{"n":"Ada"}]"""), ("shop.json", """{"x":[{"a":1}],"y":[{"b":2}]}"""));

        var file = await TablesRead.FromBytesAsync(zip, "all.zip");

        Assert.Equal("ZIP", file.Format);
        Assert.Equal(["orders", "2024/people", "shop.json/x", "shop.json/y"], file.Tables.Select(t => t.Name));
        Assert.Equal([["1", "a"], ["2", "b"]], file["orders"].Rows);
        Assert.Equal([["Ada"]], file["2024/people"].Rows);
        Assert.Contains("2024/people.json: The file is an array", file.Decided("recordPath"));
    }

    [Fact]
    public async Task WhatIsNoTableIsLeftOutAndTold()
    {
        var zip = Zip.Of(("__MACOSX/._data.csv", "x,y\n1,2\n"), (".DS_Store", "junk"), ("manual.pdf", "%PDF-1.7\n"), ("logo.png", "\u0089PNG"), ("readme.txt", "Read me first\n"),
            ("empty.csv", ""), ("notes.json", "[]"), ("data.csv", "id,n\n1,a\n"));

        var file = await TablesRead.FromBytesAsync(zip, "all.zip");

        Assert.Equal("data", file.Only.Name);
        var left = file.Decided("leftOut").Split('\n');
        Assert.Equal(["__MACOSX/._data.csv", ".DS_Store", "manual.pdf", "logo.png", "readme.txt", "empty.csv", "notes.json"], left.Select(l => l.Split(": ")[0]));
        Assert.Contains("manual.pdf: manual.pdf was left out. Files of the kind .pdf are not read.", left);
        Assert.Contains("readme.txt: readme.txt was left out. It is a text that comes beside the data.", left);
        Assert.False(file.Decisions.Single(d => d.Value == ".DS_Store").IsNotable);
        Assert.True(file.Decisions.Single(d => d.Value == "manual.pdf").IsNotable);
        Assert.Contains("empty.csv: empty.csv was left out. It is empty.", left);
    }

    [Fact]
    public async Task AnArchiveWithoutTablesSaysWhy()
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromBytesAsync(Zip.Of(("a.pdf", "%PDF-1.7\n")), "all.zip"));
        var empty = await Assert.ThrowsAsync<UnreadableFileException>(() => TablesRead.FromBytesAsync(Zip.Of(Array.Empty<(string, byte[])>()), "all.zip"));

        Assert.Equal("No file in this archive holds a table that can be read. a.pdf was left out. Files of the kind .pdf are not read. Upload an archive with files such as CSV, XLSX or JSON.", fault.Message);
        Assert.Equal("No file in this archive holds a table that can be read. It is empty. Upload an archive with files such as CSV, XLSX or JSON.", empty.Message);
    }

    [Fact]
    public async Task ArchivesInsideArchivesAreReadToTheThird()
    {
        var csv = Encoding.UTF8.GetBytes("id,n\n1,a\n");
        var third = Zip.Of(("third.csv", csv), ("fourth.zip", Zip.Of(("fourth.csv", csv))));
        var first = Zip.Of(("first.csv", csv), ("second.zip", Zip.Of(("second.csv", csv), ("third.zip", third))));

        var file = await TablesRead.FromBytesAsync(first, "first.zip");

        Assert.Equal(["first", "second.zip/second", "second.zip/third.zip/third"], file.Tables.Select(t => t.Name));
        Assert.Equal("second.zip/third.zip/fourth.zip: second.zip: third.zip: fourth.zip was left out. It is an archive inside 3 others, the limit. Unpack it and upload the files inside.", file.Decided("leftOut"));
    }

    [Fact]
    public async Task OnlyWantedTablesAreRead()
    {
        var zip = Zip.Of(("a.csv", "i,n\n1,a\n"), ("b.json", """{"x":[{"q":1}],"y":[{"q":2}]}"""), ("readme.txt", "k,v\n1,2\n"));

        Assert.Equal(["a"], await NamesAsync("a"));
        Assert.Equal(["a"], await NamesAsync("A.CSV"));
        Assert.Equal(["b.json/y"], await NamesAsync("b.json/y"));
        Assert.Equal(["b.json/x", "b.json/y"], await NamesAsync("b.json"));
        Assert.Equal(["readme"], await NamesAsync("readme.txt"));
        var partly = await TablesRead.FromBytesAsync(zip, "t.zip", new ReadOptions { Tables = ["a", "c"] });
        Assert.Equal("c: The reading option 'tables' names it, but nothing in the archive is called so.", partly.Decided("tables"));
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => NamesAsync("c"));
        Assert.Equal("The reading option 'tables' names 'c', of which nothing in this archive can be read. Its files: a.csv, b.json, readme.txt.", fault.Message);

        async Task<IEnumerable<string>> NamesAsync(string wanted) => (await TablesRead.FromBytesAsync(zip, "t.zip", new ReadOptions { Tables = [wanted] })).Tables.Select(t => t.Name);
    }

    [Fact]
    public async Task AFileWithAPasswordIsLeftOutToldAndTheRestIsRead()
    {
        var zip = Zip.Of(("secret.csv", "id,n\n1,a\n"), ("open.csv", "id,n\n2,b\n"));
        ZipBytes.SetFlag(zip, "secret.csv", 1);

        var file = await TablesRead.FromBytesAsync(zip, "t.zip");

        Assert.Equal("open", file.Only.Name);
        Assert.Equal("secret.csv: secret.csv was left out. It is protected by a password. Unpack the archive and upload this file by itself.", file.Decided("leftOut"));
    }

    [Fact]
    public async Task NamesThatDifferInNothingGetANumber()
    {
        var file = await TablesRead.FromBytesAsync(Zip.Of(("a.csv", "i,n\n1,a\n"), ("A.csv", "i,n\n2,b\n"), ("a.csv", "i,n\n3,c\n"), ("a.json", """[{"i":4}]""")), "t.zip");

        Assert.Equal(["a", "A (2)", "a (3)", "a (4)"], file.Tables.Select(t => t.Name));
        Assert.Equal(["1", "2", "3", "4"], file.Tables.Select(t => t.Rows[0][0]));
    }

    [Fact]
    public async Task AFileThatBreaksInTheMiddleKeepsItsRowsAndSaysSo()
    {
        var file = await TablesRead.FromBytesAsync(Zip.Of(("a.json", "[{\"i\":1},\n{\"i\":x}]"), ("b.csv", "i,n\n1,a\n")), "t.zip");

        Assert.Equal([["1"]], file.Only.Rows);
        Assert.StartsWith("This file is not valid JSON in line 2, column 6", file.Fault);
    }

    [Fact]
    public async Task OfficeFilesAreNoArchives()
    {
        var head = Zip.Of(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"));

        Assert.Equal(0, new ZipFormat().Recognise(new FileHead("book.zip", head, IsWhole: true)));
        Assert.InRange(new ZipFormat().Recognise(new FileHead("data.csv", Zip.Of(("a.csv", "i\n1\n")), IsWhole: true)), 0.5, 1);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("orders.csv.gz", "orders")]
    [InlineData("orders.gz", "orders")]
    public async Task AFilePackedByGzipIsReadAsTheFileInside(string name, string table)
    {
        var file = await TablesRead.FromBytesAsync(Zip.Gzip(Encoding.UTF8.GetBytes("id,n\n1,a\n2,b\n")), name);

        Assert.Equal("delimited text", file.Format);
        Assert.Equal(table, file.Only.Name);
        Assert.Equal([["1", "a"], ["2", "b"]], file.Only.Rows);
        Assert.StartsWith("gzip:", file.Decided("compression"));
    }

    [Fact]
    public async Task JsonPackedByGzipIsRead()
    {
        var file = await TablesRead.FromBytesAsync(Zip.Gzip(Encoding.UTF8.GetBytes("{\"a\":1}\n{\"a\":2}\n")), "log.jsonl.gz");

        Assert.Equal([["1"], ["2"]], file.Only.Rows);
    }

    [Fact]
    public async Task SeveralMembersOfGzipAreOneFile()
    {
        byte[] both = [.. Zip.Gzip(Encoding.UTF8.GetBytes("id,n\n1,a\n")), .. Zip.Gzip(Encoding.UTF8.GetBytes("2,b\n"))];

        var file = await TablesRead.FromBytesAsync(both, "two.csv.gz");

        Assert.Equal([["1", "a"], ["2", "b"]], file.Only.Rows);
        Assert.Null(file.Fault);
    }

    [Fact]
    public async Task AZipInsideGzipInsideAZipIsRead()
    {
        var inner = Zip.Gzip(Zip.Of(("deep.csv", "id,n\n1,a\n")));

        var file = await TablesRead.FromBytesAsync(Zip.Of(("deep.zip.gz", inner)), "t.zip");

        Assert.Equal("deep.zip.gz/deep", file.Only.Name);
        Assert.Equal([["1", "a"]], file.Only.Rows);
    }
}
