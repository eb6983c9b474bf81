using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class DialectTests
{
    private static readonly string[][] Table =
    [
        ["id", "name", "amount", "seen", "note"],
        ["1", "Doe, Jane", "1.50", "2026-01-31", "a;b|c\td"],
        ["2", "O'Neil", "2,75", "10:30:00", "say \"hi\""],
        ["3", "'quoted'", "", "31.01.2026", "two\nlines"],
        ["4", "Zoë", "-3", "", "https://example.com/a?b=1"],
        ["5", "", "4e3", "2026-02-01T10:00:00Z", "  blanks  "],
    ];

    public static TheoryData<char, char, string, int, bool> Matrix
    {
        get
        {
            var data = new TheoryData<char, char, string, int, bool>();
            foreach (var delimiter in ",;\t|")
            {
                foreach (var quote in "\"'")
                {
                    foreach (var newline in new[] { "\n", "\r\n", "\r" })
                    {
                        foreach (var offset in new[] { 0, 3 })
                        {
                            foreach (var quoteAll in new[] { false, true })
                            {
                                data.Add(delimiter, quote, newline, offset, quoteAll);
                            }
                        }
                    }
                }
            }

            return data;
        }
    }

    [Fact]
    public void TheMatrixHasNinetySixFiles() => Assert.Equal(96, Matrix.Count);

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task DelimiterQuoteNewlineAndHeaderAreFound(char delimiter, char quote, string newline, int offset, bool quoteAll)
    {
        var notes = new[] { "Report of January" + newline, newline, "made by hand, not checked" + newline };
        var text = string.Concat(notes.Take(offset)) + DelimitedText.Write(Table, delimiter, quote, newline, quoteAll);

        var table = await ReadTable.FromTextAsync(text, "file.txt");

        Assert.Equal(delimiter.ToString(), table.Dialect.Delimiter);
        Assert.Equal(Table[0], table.Labels);
        Assert.Equal(offset + 1, table.Header.Row);
        Assert.Equal(Table[1..], table.Rows);
        Assert.Empty(table.Refused);
    }

    [Theory]
    [InlineData("a:b:c\n1:2:3\n4:5:6\n", ':')]
    [InlineData("a^b^c\n1^2^3\n4^5^6\n", '^')]
    [InlineData("a~b\nx~y\nz~w\n", '~')]
    [InlineData("a\u0001b\nx\u0001y\n", '\u0001')]
    public async Task OtherDelimitersAreTakenWhenTheyAreConsistent(string text, char delimiter)
    {
        var table = await ReadTable.FromTextAsync(text, "file.txt");

        Assert.Equal(delimiter.ToString(), table.Dialect.Delimiter);
        Assert.All(table.Rows, row => Assert.Equal(table.Labels.Count, row.Length));
        Assert.True(table.Labels.Count > 1);
    }

    [Theory]
    [InlineData("name\nAda\nGrace\n")]
    [InlineData("name\n\"Doe, Jane\"\n\"Roe, Richard\"\n")]
    [InlineData("name\nDoe, Jane\nRoe, Richard\n")]
    [InlineData("time\n10:30\n11:45\n12:00\n")]
    [InlineData("address\nhttps://example.com/a\nhttps://example.com/b\n")]
    [InlineData("note\nHello there.\nWell, this is one sentence.\nAnd another one.\nAnd a last.\n")]
    public async Task AFileOfOneColumnStaysOneColumn(string text)
    {
        var table = await ReadTable.FromTextAsync(text);

        Assert.Single(table.Labels);
        Assert.Equal(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => l.Trim('"')), table.Rows.Select(r => r[0]));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "file.tsv", ',')]
    [InlineData("a\tb\n1\t2\n", "file.csv", '\t')]
    [InlineData("a;b;c\n1,5;2,5;x\n2,5;3,5;y\n", "file.csv", ';')]
    [InlineData("1,5;2,5\n2,5;3,5\n4,25;7,125\n", "file.csv", ';')]
    [InlineData("a\tb\nHello, you\t1\nWell, well, well\t2\nno comma\t3\n", "file.txt", '\t')]
    public async Task TheExtensionIsAHintOnly(string text, string name, char delimiter)
    {
        var table = await ReadTable.FromTextAsync(text, name);

        Assert.Equal(delimiter.ToString(), table.Dialect.Delimiter);
    }

    [Theory]
    [InlineData("name,age\nAnn,5\nBob,6,7\nCleo\n", "file.csv", ',')]
    [InlineData("name\tage\nAnn\t5\nBob\t6\t7\nCleo\n", "file.tsv", '\t')]
    public async Task RaggedRowsUnderAHeaderAreRefusedOneByOneAndDoNotHideTheDelimiter(string text, string name, char delimiter)
    {
        var table = await ReadTable.FromTextAsync(text, name);

        Assert.Equal(delimiter.ToString(), table.Dialect.Delimiter);
        Assert.Equal(["name", "age"], table.Labels);
        Assert.Equal(3, table.Rows.Count + table.Refused.Count);
        Assert.NotEmpty(table.Refused);
    }

    [Fact]
    public async Task BlanksBetweenDelimiterAndQuoteAreNotContent()
    {
        var table = await ReadTable.FromTextAsync("id, name, n\n1, \"Doe, Jane\", 5\n2, \"Roe, Richard\", 6\n");

        Assert.Equal("Doe, Jane", table.Rows[0][1]);
        Assert.Empty(table.Refused);
    }

    [Fact]
    public async Task LineEndsInsideQuotesAreKeptAndLineEndsOutsideMayBeMixed()
    {
        var table = await ReadTable.FromTextAsync("a,b\r\n1,\"x\r\ny\"\n2,\"x\ny\"\r\r\n3,\"x\ry\"\r\n");

        Assert.Equal([["1", "x\r\ny"], ["2", "x\ny"], ["3", "x\ry"]], table.Rows);
    }

    [Fact]
    public async Task ACarriageReturnInsideAnUnquotedCellIsContentWhereLinesEndOtherwise()
    {
        var table = await ReadTable.FromTextAsync("a,b\n1,x\ry\n2,z\n3,z\n");

        Assert.Equal([["1", "x\ry"], ["2", "z"], ["3", "z"]], table.Rows);
    }
}
