using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("id,name\n1,a\n", 1)]
    [InlineData("\n\nid,name\n1,a\n", 3)]
    [InlineData("Customers\n\nid,name,city\n1,a,b\n2,c,d\n", 3)]
    [InlineData("Customers,,\n,,\nid,name,city\n1,a,b\n2,c,d\n", 3)]
    [InlineData("Exported by,John\nid,name,city,zip\n1,a,b,1\n2,c,d,2\n", 2)]
    [InlineData("country,2024,2025\nDE,1.5,2.5\nFR,1.7,2.9\n", 1)]
    [InlineData("first,last\nAda,Lovelace\nGrace,Hopper\n", 1)]
    [InlineData(",a,b\n0,1,2\n1,3,4\n", 1)]
    [InlineData("a,\n1,2\n3,4\n", 1)]
    [InlineData("id,Other\n1,Other\n2,x\n", 1)]
    public async Task TheHeaderRowIsFound(string text, long row)
    {
        var table = await ReadTable.FromTextAsync(text);

        Assert.Equal(row, table.Header.Row);
        Assert.True(table.Header.Found);
        Assert.Empty(table.Refused);
    }

    [Theory]
    [InlineData("1,Ada,1815-12-10\n2,Grace,1906-12-09\n")]
    [InlineData("1\n2\n3\n")]
    [InlineData("4,5,6\n")]
    [InlineData("a,5\n")]
    public async Task AFileWithoutHeaderGetsNumberedColumnsAndLosesNoRow(string text)
    {
        var table = await ReadTable.FromTextAsync(text);

        Assert.False(table.Header.Found);
        Assert.Equal(text.Count(c => c == '\n'), table.Rows.Count);
        Assert.Equal(Enumerable.Range(1, table.Labels.Count).Select(i => $"Column {i}"), table.Labels);
        Assert.Equal(Enumerable.Range(1, table.Labels.Count).Select(i => $"column_{i}"), table.Keys);
    }

    [Fact]
    public async Task DoubleAndEmptyNamesGetTheirOwnKeysAndKeepTheirText()
    {
        var table = await ReadTable.FromTextAsync("Name,name,,NAME,% done,Price $,usageType,Größe (cm),名前\na,b,c,d,1,2,3,4,5\n");

        Assert.Equal(["Name", "name", "Column 3", "NAME", "% done", "Price $", "usageType", "Größe (cm)", "名前"], table.Labels);
        Assert.Equal(["name", "name_1", "column_3", "name_2", "percent_done", "price_dollar", "usage_type", "größe_cm", "名前"], table.Keys);
        Assert.Equal([["a", "b", "c", "d", "1", "2", "3", "4", "5"]], table.Rows);
    }

    [Fact]
    public async Task AKeyThatIsTakenLaterInTheHeaderIsNotGivenTwice()
    {
        var table = await ReadTable.FromTextAsync("a,a,a_1,a\n1,2,3,4\n");

        Assert.Equal(4, table.Keys.Distinct().Count());
        Assert.Equal("a_1", table.Keys[2]);
    }

    [Fact]
    public async Task ALongHeaderIsCutTo225Characters()
    {
        var name = new string('x', 400);
        var table = await ReadTable.FromTextAsync($"{name},{name}\n1,2\n");

        Assert.All(table.Keys, key => Assert.Equal(225, key.Length));
        Assert.Equal(2, table.Keys.Distinct().Count());
        Assert.Equal(name, table.Labels[0]);
    }

    [Fact]
    public async Task AHeaderLongerThanTheSampleIsReadWhole()
    {
        var names = Enumerable.Range(0, 20_000).Select(i => $"column number {i}").ToList();
        var table = await ReadTable.FromTextAsync(string.Join(',', names) + "\n" + string.Join(',', Enumerable.Range(0, 20_000)) + "\n");

        Assert.Equal(names, table.Labels);
        Assert.Equal("19999", table.Rows.Single()[^1]);
    }

    [Fact]
    public async Task ShortRowsAreFilledAndLongRowsAreRefusedWithTheirNumbers()
    {
        var rows = Enumerable.Range(2, 15).Select(i => $"{i},b,c,d,e\n");
        var table = await ReadTable.FromTextAsync("a,b,c,d,e\n" + string.Concat(rows) + "17,b,c,d,e,f,g\n\n19,b\n20,b,c,d,e,,\n");

        Assert.Equal(["row 17 has 7 cells, the header has 5"], table.Refused);
        Assert.Equal(["19", "b", "", "", ""], table.Rows[^2]);
        Assert.Equal(["20", "b", "c", "d", "e"], table.Rows[^1]);
        Assert.Equal([19L, 20L], table.Numbers.TakeLast(2));
    }

    [Fact]
    public async Task RowsThatAreAllWiderThanTheHeaderKeepTheirCells()
    {
        var table = await ReadTable.FromTextAsync("mpg,cyl\nMazda,21,6\nDatsun,22,4\nHornet,21,6\n");

        Assert.Equal(["mpg", "cyl", "Column 3"], table.Labels);
        Assert.Equal(["Mazda", "21", "6"], table.Rows[0]);
    }

    [Fact]
    public async Task RowsThatHoldNothingAreNoneButAreCounted()
    {
        var table = await ReadTable.FromTextAsync("a,b\n1,2\n\n   \n,\n3,4\n\n");

        Assert.Equal([["1", "2"], ["3", "4"]], table.Rows);
        Assert.Equal([2L, 6L], table.Numbers);
    }
}
