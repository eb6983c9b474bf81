using Flatfile.Spaces.Tests.Records;

namespace Flatfile.Spaces.Tests.Views;

/// <summary>Named selections over HTTP.</summary>
public sealed class ViewTests
{
    private const string Fields = """{"key":"name","type":"string"},{"key":"age","type":"number"}""";

    [Fact]
    public async Task AViewIsKeptChangedListedByPageAndRemoved()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var made = await bench.Server.DataAsync("POST", "views", Body(bench, """{"filter":"error","q":"age gt 5","sortField":"name","sortDirection":"desc","pageSize":20}"""));
        var id = (string)made["id"]!;

        Assert.Matches("^us_vi_[0-9A-Za-z]{8}$", id);
        Assert.Equal(bench.Sheet, (string?)made["sheetId"]);
        Assert.NotNull((string?)made["createdBy"]);
        Assert.Equal("age gt 5", (string?)(await bench.Server.DataAsync("GET", $"views/{id}"))["config"]!["q"]);

        await bench.Server.DataAsync("PATCH", $"views/{id}", """{"name":"Second","config":{"searchValue":"Ann"}}""");
        var changed = await bench.Server.DataAsync("PATCH", $"views/{id}", """{"name":null}""");
        Assert.Equal("Second", (string?)changed["name"]);
        Assert.Equal("""{"searchValue":"Ann"}""", changed["config"]!.ToJsonString());

        await bench.Server.DataAsync("POST", "views", Body(bench, "{}"));
        var page = (await bench.Server.SendAsync("GET", $"views?sheetId={bench.Sheet}&pageSize=1&pageNumber=2")).Json;
        Assert.Single(page["data"]!.AsArray());
        Assert.Equal("""{"currentPage":2,"pageCount":2,"totalCount":2}""", page["pagination"]!.ToJsonString());

        await bench.Server.DataAsync("DELETE", $"views/{id}");
        Assert.Equal(404, (await bench.Server.SendAsync("GET", $"views/{id}")).Status);
        await bench.Server.DataAsync("DELETE", $"sheets/{bench.Sheet}");
        Assert.Equal(404, (await bench.Server.SendAsync("GET", $"views?sheetId={bench.Sheet}")).Status);
    }

    [Theory]
    [InlineData("""{"filter":"some"}""")]
    [InlineData("""{"q":"age gt"}""")]
    [InlineData("""{"searchField":"zzz","searchValue":"a"}""")]
    [InlineData("""{"sortField":"zzz"}""")]
    [InlineData("""{"sortDirection":"up"}""")]
    [InlineData("""{"ids":[1]}""")]
    [InlineData("""{"pageSize":0}""")]
    [InlineData("""{"includeCounts":"yes"}""")]
    [InlineData("5")]
    public async Task ASelectionThatCannotBeReadIsRefused(string config)
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);

        var reply = await bench.Server.SendAsync("POST", "views", Body(bench, config));

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task AllFaultsAreToldAtOnce()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);

        var reply = await bench.Server.SendAsync("POST", "views", "{}");

        Assert.Equal(400, reply.Status);
        Assert.Equal(["sheetId", "name", "config"], reply.Json["errors"]!.AsArray().Select(fault => (string?)fault!["key"]));
    }

    private static string Body(SheetBench bench, string config) => $$"""{"sheetId":"{{bench.Sheet}}","name":"A view","config":{{config}}}""";
}
