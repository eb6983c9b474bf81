using System.Text;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Corpus;

namespace Flatfile.Agent.Handlers.Tests.Delimited;

public sealed class TablesTests
{
    private const string Products = "sku,price\nA1,1.5\nA2,2.5\nA3,3.5\n";

    [Fact]
    public async Task ATableFarBelowTheSampleIsItsOwn()
    {
        var text = "id,name\n" + string.Concat(Enumerable.Range(1, 20_000).Select(i => $"{i},Miller\n")) + "\n" + Products;

        var read = await ReadAsync(text);

        Assert.Equal([20_000, 3], read.Tables.Select(t => t.Rows.Count));
        Assert.Equal(["sku", "price"], read.Tables[1].Labels);
        Assert.Equal("20003", read.Tables[1].Value("headerRow"));
        Assert.Equal("2", read.Decisions.Single(d => d.Property == "tables").Value);
    }

    [Fact]
    public async Task WhatStandsBelowTheLastTableIsLeftOutAndToldWithItsText()
    {
        var read = await ReadAsync(Products + "\nSource: the stock system\n* without tax\n");

        var footer = read.Tables.Single().Decisions.Single(d => d.Property == "footer");
        Assert.Equal("6-7", footer.Value);
        Assert.Equal("Rows 6-7 stand below the table and were left out: 'Source: the stock system', '* without tax'.", footer.Evidence);
    }

    [Fact]
    public async Task WhatStandsAboveIsToldWithItsText()
    {
        var read = await ReadAsync("Price list\nValid from January\n\n" + Products);

        var above = read.Tables.Single().Decisions.Single(d => d.Property == "preamble");
        Assert.Equal(("1-3", "Rows 1-3 stand above the table and were left out: 'Price list', 'Valid from January'."), (above.Value, above.Evidence));
    }

    [Fact]
    public async Task RowsOfATableThatWereNotReadArePassedOver()
    {
        var content = await FileContent.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(Products + "\nday,sold\n2026-01-01,1\n2026-01-02,2\n")), "a.csv", 0, CancellationToken.None);
        await using var file = await FileFormats.OpenAsync(content, ReadOptions.Auto, CancellationToken.None);

        var first = await file.NextTableAsync(CancellationToken.None);
        var second = await file.NextTableAsync(CancellationToken.None);

        Assert.Equal(["sku", "price"], first!.Labels);
        Assert.Equal(["day", "sold"], second!.Labels);
        Assert.True(await second.ReadAsync(CancellationToken.None));
        Assert.Equal("2026-01-01", second.Cell(0).ToString());
        Assert.Null(await file.NextTableAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ARaggedFileStaysOneTableAndEndsInTime()
    {
        var text = "id,a,b\n" + string.Concat(Enumerable.Range(1, 50_000).Select(i => (i % 3) switch { 0 => $"{i}\n", 1 => $"{i},x\n", _ => $"{i},x,y\n" }));

        var read = await ReadAsync(text);

        Assert.Equal(50_000, read.Tables.Single().Rows.Count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(4096)]
    [InlineData(65_536)]
    public async Task TheTablesAreTheSameHoweverTheBytesArrive(int size)
    {
        var text = string.Concat(Enumerable.Range(0, 40).Select(i => $"Part {i}\nid,name{i},n\n" + string.Concat(Enumerable.Range(1, 300).Select(r => $"{r},\"a, {r}\",{r * i}\n")) + "\n"));

        var read = await ReadFile.FromStreamAsync(new Support.DribblingStream(Encoding.UTF8.GetBytes(text), size), "a.csv", ReadOptions.Auto);

        Assert.Equal(40, read.Tables.Count);
        Assert.All(read.Tables, t => Assert.Equal(300, t.Rows.Count));
    }

    private static Task<ReadFile> ReadAsync(string text) => ReadFile.FromStreamAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a.csv", ReadOptions.Auto);
}
