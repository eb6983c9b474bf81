using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Corpus;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("semicolon")]
    [InlineData(";")]
    public async Task AToldDelimiterWinsOverTheLikelierOne(string delimiter)
    {
        var table = await ReadAsync("a,b;c\n1,2;3\n4,5;6\n", new ReadOptions { Delimiter = delimiter });

        Assert.Equal(["a,b", "c"], table.Labels);
        Assert.Equal([["1,2", "3"], ["4,5", "6"]], table.Rows);
        Assert.Equal("semicolon", table.Value("delimiter"));
        Assert.Equal(1, table.Decisions.Single(d => d.Property == "delimiter").Confidence);
    }

    [Fact]
    public async Task WithDelimiterNoneEveryLineIsOneCell()
    {
        var table = await ReadAsync("a,b\n1,2\n3,4\n", new ReadOptions { Delimiter = "none" });

        Assert.Equal(["a,b"], table.Labels);
        Assert.Equal([["1,2"], ["3,4"]], table.Rows);
    }

    [Fact]
    public async Task WithoutQuotesTheyAreCharacters()
    {
        var table = await ReadAsync("a,b\n\"1\",2\n\"3\",4\n", new ReadOptions { Quote = "" });

        Assert.Equal([["\"1\"", "2"], ["\"3\"", "4"]], table.Rows);
    }

    [Theory]
    [InlineData(null, "1", "it's \"so\"")]
    [InlineData("", "1", "it's \\\"so\\")]
    public async Task ABackslashEscapesUnlessTheOptionsSayOtherwise(string? escape, string first, string second)
    {
        var table = await ReadAsync("a,b\n\"1\",\"it's \\\"so\\\"\"\n\"2\",\"x\"\n", new ReadOptions { Escape = escape });

        Assert.Equal([first, second], escape is null ? table.Rows[0] : [first, second]);
        Assert.Equal(escape is null ? "\\" : "none", table.Value("escape"));
    }

    [Fact]
    public async Task AToldHeaderRowLeavesOutWhatStandsAbove()
    {
        var table = await ReadAsync("1,2\n3,4\nx,y\n5,6\n", new ReadOptions { HeaderRow = 3 });

        Assert.Equal(["x", "y"], table.Labels);
        Assert.Equal([["5", "6"]], table.Rows);
        Assert.Equal("1-2", table.Value("preamble"));
    }

    [Fact]
    public async Task ToldHeaderRowsAreJoined()
    {
        var table = await ReadAsync("a,b\nc,d\ne,f\n", new ReadOptions { HeaderRow = 1, HeaderRows = 2 });

        Assert.Equal(["a c", "b d"], table.Labels);
        Assert.Equal([["e", "f"]], table.Rows);
    }

    [Fact]
    public async Task HeaderRowZeroMeansThatAllRowsAreData()
    {
        var table = await ReadAsync("name,age\nAnn,5\n", new ReadOptions { HeaderRow = 0 });

        Assert.Equal(["Column 1", "Column 2"], table.Labels);
        Assert.Equal([["name", "age"], ["Ann", "5"]], table.Rows);
    }

    [Theory]
    [InlineData("Windows-1251")]
    [InlineData("cp1251")]
    public async Task AToldEncodingWins(string name)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("имя,n\nЮ,1\n");
        var read = await ReadFile.FromStreamAsync(new MemoryStream(bytes), "a.csv", new ReadOptions { Encoding = name });

        Assert.Equal(["имя", "n"], read.Tables[0].Labels);
        Assert.Equal(("Windows-1251", 1), (read.Decisions[0].Value, read.Decisions[0].Confidence));
    }

    [Fact]
    public async Task EveryDecisionCanBeToldAgainAndGivesTheSame()
    {
        const string text = "Report\n\nid;name;price\n1;'a;b';1,5\n2;'c;d';2,5\n3;'e;f';3,5\n";
        var found = await ReadAsync(text, ReadOptions.Auto);
        var told = await ReadAsync(text, new ReadOptions
        {
            Encoding = "UTF-8", Delimiter = found.Value("delimiter"), Quote = found.Value("quote"), Escape = found.Value("escape"), HeaderRow = 3,
        });

        Assert.Equal("3", found.Value("headerRow"));
        Assert.Equal(found.Labels, told.Labels);
        Assert.Equal([["1", "a;b", "1,5"], ["2", "c;d", "2,5"], ["3", "e;f", "3,5"]], told.Rows);
    }

    public static TheoryData<ReadOptions, string> Nonsense => new()
    {
        { new ReadOptions { Encoding = "klingon" }, "The reading option 'encoding' is 'klingon', which is no encoding. Give a name such as UTF-8, UTF-16LE, Windows-1252, ISO-8859-2, Mac Roman, Shift_JIS or GB18030." },
        { new ReadOptions { Delimiter = "a\nb" }, "The reading option 'delimiter' is 'a\nb'. Give one to 8 characters of a line, such as ';', or a name: comma, semicolon, tab, pipe, space, colon, none." },
        { new ReadOptions { Quote = "''" }, "The reading option 'quote' is '''. Give one character" },
        { new ReadOptions { Escape = "x" }, "The reading option 'escape' is 'x'. Give one character that is no letter, digit, blank or control character, or an empty text for none." },
        { new ReadOptions { Delimiter = "'", Quote = "'" }, "The reading options 'delimiter' and 'quote' or 'escape' share a character in '''. Give different ones." },
        { new ReadOptions { HeaderRow = -1 }, "The reading options 'headerRow' and 'headerRows' are -1 and . Give a row from 1 to 200, or 0 for no header, and 1 to 20 rows." },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task AnOptionThatMakesNoSenseSaysWhatToGive(ReadOptions options, string message)
    {
        var fault = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync("a,b\n1,2\n", options));

        Assert.StartsWith(message, fault.Message.Replace("is ''''.", "is '''.", StringComparison.Ordinal));
    }

    private static async Task<ReadFile.Table> ReadAsync(string text, ReadOptions options) =>
        (await ReadFile.FromStreamAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.csv", options)).Tables[0];
}
