using Flatfile.Spaces.Tests.Records;

namespace Flatfile.Spaces.Tests.Sheets;

/// <summary>Duplicating a sheet over HTTP.</summary>
public sealed class DuplicateTests
{
    [Fact]
    public async Task ACopyHasSchemaRowsMessagesAndItsOwnName()
    {
        await using var bench = await SheetBench.WithFieldsAsync(
            """{"key":"name","type":"string","constraints":[{"type":"unique"},{"type":"required"}]},{"key":"age","type":"number"}""");
        await bench.Server.DataAsync("DELETE", $"sheets/{bench.Sheet}/fields/age");
        await bench.Server.DataAsync("POST", $"sheets/{bench.Sheet}/fields", """{"key":"city","type":"string"}""");
        await bench.InsertAsync("""[{"name":"Ann","city":{"value":"Bonn","messages":[{"type":"warn","message":"Hm"}]}},{"name":"Ann"},{}]""");
        await bench.NewsAsync();

        var copy = await bench.Server.DataAsync("POST", $"sheets/{bench.Sheet}/duplicate");

        Assert.Equal("Copy of People", (string?)copy["name"]);
        Assert.Matches("^people-copy-[0-9]+$", (string)copy["slug"]!);
        Assert.Equal(bench.Sheet, (string?)copy["createdFrom"]);
        Assert.Equal("""{"total":3,"valid":0,"error":3}""", copy["recordCounts"]!.ToJsonString());
        Assert.Equal("sheet:created commit:created records:created sheet:counts-updated commit:completed space:records:validated", await bench.TopicsAsync());
        var rows = (await bench.Server.DataAsync("GET", $"sheets/{copy["id"]}/records"))["records"]!.AsArray();
        Assert.Equal("Hm", (string?)rows[0]!["values"]!["city"]!["messages"]![0]!["message"]);
        Assert.NotEqual((string?)(await bench.RowsAsync())[0]!["id"], (string?)rows[0]!["id"]);
    }

    [Fact]
    public async Task NameAndSlugMayBeGivenAndATakenSlugIsRefused()
    {
        await using var bench = await SheetBench.WithFieldsAsync("""{"key":"name","type":"string"}""");

        var copy = await bench.Server.DataAsync("POST", $"sheets/{bench.Sheet}/duplicate", """{"name":"Second","slug":"second"}""");
        var taken = await bench.Server.SendAsync("POST", $"sheets/{bench.Sheet}/duplicate", """{"slug":"second"}""");

        Assert.Equal("Second", (string?)copy["name"]);
        Assert.Equal("second", (string?)copy["slug"]);
        Assert.Equal(400, taken.Status);
        Assert.Equal("sheet:created", await bench.TopicsAsync());
    }
}
