namespace Flatfile.Spaces.Tests.Records;

/// <summary>Find and replace, one update for many rows, reserved ids: over HTTP.</summary>
public sealed class BulkChangeTests : IAsyncLifetime
{
    private const string Fields =
        """
        {"key":"name","type":"string","constraints":[{"type":"required"}]},
        {"key":"city","type":"string"},
        {"key":"age","type":"number"},
        {"key":"tags","type":"string-list"},
        {"key":"code","type":"string","constraints":[{"type":"unique"}]},
        {"key":"fixed","type":"string","readonly":true}
        """;

    private SheetBench _bench = null!;
    private string[] _ids = [];

    private string Sheet => _bench.Sheet;

    public async Task InitializeAsync()
    {
        _bench = await SheetBench.WithFieldsAsync(Fields);
        _ids = await _bench.InsertAsync(
            """
            [{"name":{"value":"Ann"},"city":{"value":"Bonn"},"age":{"value":"007"},"tags":{"value":["red","green"]}},
             {"name":{"value":"Bob"},"city":{"value":"BONN am Rhein"},"age":{"value":7}},
             {"name":{"value":"Eve"},"city":{"value":"Köln"},"age":{"value":70}},
             {"name":{"value":null},"city":{"value":null}}]
            """);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task APartOfACellIsReplacedInAnyCaseAndToldLikeAnUpdate()
    {
        var data = await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace", """{"fieldKey":"city","find":"bonn","replace":"Berlin"}""");

        Assert.Equal("Berlin Berlin am Rhein Köln -", await _bench.ValuesAsync("city"));
        Assert.Equal("commit:created records:updated sheet:counts-updated commit:completed space:records:validated", await _bench.TopicsAsync());
        Assert.Matches("^us_vr_", (string)data["commitId"]!);
        Assert.Equal((string)data["versionId"]!, (string)data["commitId"]!);
        Assert.Equal("Ann Bob", await _bench.ValuesAsync("name", $"?commitId={data["commitId"]}"));
    }

    [Theory]
    [InlineData("""{"fieldKey":"city","find":"\"Bonn\"","replace":"Ulm"}""", "city", "Ulm BONN am Rhein Köln -")]
    [InlineData("""{"fieldKey":"city","find":"\"\"","replace":"?"}""", "city", "Bonn BONN am Rhein Köln ?")]
    [InlineData("""{"fieldKey":"city","replace":"?"}""", "city", "Bonn BONN am Rhein Köln ?")]
    [InlineData("""{"fieldKey":"city","find":"ÖL","replace":"oel"}""", "city", "Bonn BONN am Rhein Koeln -")]
    [InlineData("""{"fieldKey":"city","find":"köln"}""", "city", "Bonn BONN am Rhein - -")]
    [InlineData("""{"fieldKey":"city","find":"100%","replace":"x"}""", "city", "Bonn BONN am Rhein Köln -")]
    [InlineData("""{"fieldKey":"age","find":7,"replace":8}""", "age", "8 8 70 -")]
    [InlineData("""{"fieldKey":"age","find":"7","replace":"9"}""", "age", "9 9 90 -")]
    public async Task WhatIsFoundIsWhatASearchFinds(string body, string field, string after)
    {
        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace", body);

        Assert.Equal(after, await _bench.ValuesAsync(field));
    }

    [Fact]
    public async Task ElementsOfListsAreReplacedOneByOne()
    {
        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace", """{"fieldKey":"tags","find":"\"red\"","replace":"blue"}""");
        Assert.Equal("""["blue","green"]""", (await _bench.RowsAsync())[0]!["values"]!["tags"]!["value"]!.ToJsonString());

        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace", """{"fieldKey":"tags","find":"e"}""");
        Assert.Equal("""["blu","grn"]""", (await _bench.RowsAsync())[0]!["values"]!["tags"]!["value"]!.ToJsonString());
    }

    [Fact]
    public async Task OnlyTheSelectionChangesAndConstraintsAreLookedAtAgain()
    {
        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace?filter=valid&ids={_ids[0]}", """{"fieldKey":"city","find":"o","replace":"0"}""");
        Assert.Equal("Bonn B0NN am Rhein Köln -", await _bench.ValuesAsync("city"));

        await _bench.Server.DataAsync("PATCH", $"sheets/{Sheet}/records/bulk-update?filter=error", """{"fieldUpdates":{"name":{"value":"Zoe"}}}""");
        Assert.Equal("4/4/0", await _bench.CountsAsync());

        await _bench.Server.DataAsync("PATCH", $"sheets/{Sheet}/records/bulk-update?q=age eq 7", """{"fieldUpdates":{"code":{"value":"same"}}}""");
        Assert.Equal("4/2/2", await _bench.CountsAsync());
        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace?ids={_ids[0]}", """{"fieldKey":"code","find":"same","replace":"other"}""");
        Assert.Equal("4/4/0", await _bench.CountsAsync());
    }

    [Fact]
    public async Task OneUpdateSetsValuesAndMessagesOfAllRowsOfItsSelection()
    {
        await _bench.Server.DataAsync(
            "PATCH",
            $"sheets/{Sheet}/records/bulk-update?searchField=city&searchValue=bonn",
            """{"fieldUpdates":{"city":{"value":"Ulm","messages":[{"type":"warn","message":"Moved"}]},"age":{"value":null}}}""");

        Assert.Equal("Ulm Ulm Köln -", await _bench.ValuesAsync("city"));
        Assert.Equal("- - 70 -", await _bench.ValuesAsync("age"));
        Assert.Equal("Moved", (string?)(await _bench.RowsAsync())[1]!["values"]!["city"]!["messages"]![0]!["message"]);
        Assert.Equal("commit:created records:updated sheet:counts-updated commit:completed space:records:validated", await _bench.TopicsAsync());
    }

    [Fact]
    public async Task ASilentUpdateMakesNoCommitThatHooksSee()
    {
        var data = await _bench.Server.DataAsync("PATCH", $"sheets/{Sheet}/records/bulk-update?silent=true", """{"fieldUpdates":{"city":{"value":"Ulm"}}}""");

        Assert.Equal("records:updated sheet:counts-updated", await _bench.TopicsAsync());
        Assert.NotNull((string?)(await _bench.Server.DataAsync("GET", $"commits/{data["commitId"]}"))["completedAt"]);
        Assert.Equal("Ann Bob Eve -", await _bench.ValuesAsync("name", $"?commitId={data["commitId"]}"));
    }

    [Fact]
    public async Task LockedRowsAndCellsKeepTheirValuesAndReadOnlyFieldsAreRefused()
    {
        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/records",
            $$$$$"""[{"id":"{{{{{_ids[0]}}}}}","config":{"readonly":true}},{"id":"{{{{{_ids[1]}}}}}","config":{"fields":{"city":{"readonly":true}}}}]""");

        await _bench.Server.DataAsync("PATCH", $"sheets/{Sheet}/records/bulk-update", """{"fieldUpdates":{"city":{"value":"Ulm"},"age":{"value":1}}}""");
        await _bench.Server.DataAsync("PUT", $"sheets/{Sheet}/find-replace", """{"fieldKey":"city","find":"n","replace":"m"}""");
        var refused = await _bench.Server.SendAsync("PATCH", $"sheets/{Sheet}/records/bulk-update", """{"fieldUpdates":{"fixed":{"value":"x"},"nope":{"value":1}}}""");

        Assert.Equal("Bonn BONN am Rhein Ulm Ulm", await _bench.ValuesAsync("city"));
        Assert.Equal("7 1 1 1", await _bench.ValuesAsync("age"));
        Assert.Equal(400, refused.Status);
        Assert.Equal(["fieldUpdates.fixed", "fieldUpdates.nope"], refused.Json["errors"]!.AsArray().Select(fault => (string?)fault!["key"]));
    }

    [Theory]
    [InlineData("PUT", "find-replace", """{"find":"a"}""", 400)]
    [InlineData("PUT", "find-replace", """{"fieldKey":"zzz","find":"a"}""", 400)]
    [InlineData("PUT", "find-replace", """{"fieldKey":"fixed","find":"a"}""", 400)]
    [InlineData("PUT", "find-replace", """{"fieldKey":"city","find":{"a":1}}""", 400)]
    [InlineData("PUT", "find-replace?filter=zzz", """{"fieldKey":"city","find":"a"}""", 400)]
    [InlineData("PATCH", "records/bulk-update", "{}", 400)]
    [InlineData("PATCH", "records/bulk-update?silent=perhaps", """{"fieldUpdates":{"city":{"value":"x"}}}""", 400)]
    public async Task WhatCannotBeDoneIsSaid(string method, string path, string body, int status)
    {
        var reply = await _bench.Server.SendAsync(method, $"sheets/{Sheet}/{path}", body);

        Assert.Equal(status, reply.Status);
        Assert.NotEmpty(reply.Json["errors"]!.AsArray());
    }

    [Fact]
    public async Task AReservedIdIsNobodyElses()
    {
        var first = (string)(await _bench.Server.DataAsync("POST", "versions", $$"""{"sheetId":"{{Sheet}}"}"""))["versionId"]!;
        var second = (string)(await _bench.Server.DataAsync("POST", "versions", $$"""{"sheetId":"{{Sheet}}"}"""))["versionId"]!;
        var made = (string)(await _bench.Server.DataAsync("POST", $"sheets/{Sheet}/records", """[{"name":{"value":"New"}}]"""))["commitId"]!;

        Assert.Equal(3, new HashSet<string> { first, second, made }.Count);
        Assert.Equal(400, (await _bench.Server.SendAsync("POST", "versions", "{}")).Status);
        Assert.Equal(404, (await _bench.Server.SendAsync("POST", "versions", """{"sheetId":"us_sh_00000000"}""")).Status);
    }
}
