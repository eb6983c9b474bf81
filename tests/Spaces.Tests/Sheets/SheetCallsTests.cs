using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Sheets;

public sealed class SheetCallsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = null!;
    private string _workbook = null!;
    private string _sheet = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync();
        var workbook = await _server.DataAsync("POST", "workbooks", $$$"""
            {"name":"W","spaceId":"{{{_space}}}","sheets":[
              {"name":"Contacts","slug":"contacts","fields":[{"key":"name","type":"string"},{"key":"country","type":"reference","config":{"ref":"countries","key":"code"}}]},
              {"name":"Countries","slug":"countries","fields":[{"key":"code","type":"string"}]}]}
            """);
        _workbook = (string)workbook["id"]!;
        _sheet = (string)workbook["sheets"]![0]!["id"]!;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ASheetIsReadAloneAndInItsList()
    {
        var sheet = await _server.DataAsync("GET", $"sheets/{_sheet}");
        var list = (await _server.DataAsync("GET", $"sheets?workbookId={_workbook}")).AsArray();

        Assert.Equal(sheet.ToJsonString(), list[0]!.ToJsonString());
        Assert.Equal(2, list.Count);
        Assert.Equal(0, (int)sheet["recordCounts"]!["total"]!);
        Assert.Equal(400, (await _server.SendAsync("GET", "sheets")).Status);
    }

    [Fact]
    public async Task NameSlugAndMetadataAreChangedAndNothingElse()
    {
        var sheet = await _server.DataAsync(
            "PATCH", $"sheets/{_sheet}", """{"name":"People","slug":"people","metadata":{"a":1},"fields":[],"lockedBy":"me","config":{"fields":[]}}""");

        Assert.Equal(("People", "people"), ((string)sheet["name"]!, (string)sheet["slug"]!));
        Assert.Equal(("People", "people"), ((string)sheet["config"]!["name"]!, (string)sheet["config"]!["slug"]!));
        Assert.Equal(1, (int)sheet["metadata"]!["a"]!);
        Assert.Equal(2, sheet["config"]!["fields"]!.AsArray().Count);
        Assert.Null(sheet["lockedBy"]);
        Assert.Equal("sheet:updated", (await _server.TopicsAsync(_space))[^1]);
        Assert.Equal(400, (await _server.SendAsync("PATCH", $"sheets/{_sheet}", """{"slug":"countries"}""")).Status);
    }

    [Fact]
    public async Task AReferredSheetOrFieldCannotGoAway()
    {
        var countries = (string)(await _server.DataAsync("GET", $"sheets?workbookId={_workbook}"))[1]!["id"]!;

        foreach (var (method, path, body) in new[]
        {
            ("DELETE", $"sheets/{countries}", null), ("DELETE", $"sheets/{countries}/fields/code", null), ("PATCH", $"sheets/{countries}", """{"slug":"x"}"""),
        })
        {
            var reply = await _server.SendAsync(method, path, body);
            Assert.Equal(400, reply.Status);
            Assert.Contains("'country' refers to", reply.Message, StringComparison.Ordinal);
        }

        await _server.DataAsync("DELETE", $"sheets/{_sheet}");
        await _server.DataAsync("DELETE", $"sheets/{countries}");
        Assert.Empty((await _server.DataAsync("GET", $"sheets?workbookId={_workbook}")).AsArray());
        Assert.Equal(["sheet:deleted", "sheet:deleted"], (await _server.TopicsAsync(_space))[^2..]);
    }

    [Fact]
    public async Task FieldsAreAddedWhereAskedAndRemoved()
    {
        var added = await _server.DataAsync("POST", $"sheets/{_sheet}/fields?insertAtIndex=1", """{"key":"status","type":"enum","config":{"options":[{"value":"ok"}]},"own":1}""");
        Assert.Equal("status", (string)added["key"]!);
        await _server.DataAsync("POST", $"sheets/{_sheet}/fields", """{"key":"last","type":"string"}""");

        Assert.Equal(["name", "status", "country", "last"], await KeysAsync());
        Assert.Equal(400, (await _server.SendAsync("POST", $"sheets/{_sheet}/fields", """{"key":"last","type":"string"}""")).Status);
        Assert.Equal(400, (await _server.SendAsync("POST", $"sheets/{_sheet}/fields", """{"key":"","type":"what"}""")).Status);
        Assert.Equal(400, (await _server.SendAsync("POST", $"sheets/{_sheet}/fields?insertAtIndex=-1", """{"key":"z","type":"string"}""")).Status);
        await _server.DataAsync("DELETE", $"sheets/{_sheet}/fields/status");
        Assert.Equal(404, (await _server.SendAsync("DELETE", $"sheets/{_sheet}/fields/status")).Status);
        Assert.Equal(["name", "country", "last"], await KeysAsync());
        Assert.Equal(["sheet:updated", "sheet:updated", "sheet:updated"], (await _server.TopicsAsync(_space))[^3..]);
    }

    [Fact]
    public async Task ALockBelongsToWhoTookIt()
    {
        await _server.DataAsync("POST", $"sheets/{_sheet}/lock");
        Assert.StartsWith("us_key_", (string)(await _server.DataAsync("GET", $"sheets/{_sheet}"))["lockedBy"]!, StringComparison.Ordinal);
        var key = (string)(await _server.DataAsync("POST", $"auth/api-key?environmentId={_server.Access.EnvironmentId}&type=SECRET"))[0]!["rawKey"]!;
        using var other = _server.NewClient(key);

        Assert.Equal(409, (await _server.SendAsync("POST", $"sheets/{_sheet}/lock", client: other)).Status);
        await _server.DataAsync("POST", $"sheets/{_sheet}/unlock", client: other);
        Assert.Null((await _server.DataAsync("GET", $"sheets/{_sheet}"))["lockedBy"]);
    }

    [Fact]
    public async Task AllFaultsOfAWorkbookAreToldAtOnce()
    {
        var reply = await _server.SendAsync("POST", "workbooks", $$$"""
            {"name":"W","spaceId":"{{{_space}}}","sheets":[
              {"name":"","slug":"a","fields":[
                {"type":"string"},{"key":"x","type":"text"},{"key":"x","type":"string"},{"key":"e","type":"enum"},{"key":"o","type":"enum","config":{"options":[{}]}},
                {"key":"r","type":"reference","config":{"ref":"nowhere","key":"k"}},{"key":"s","type":"reference-list","config":{"ref":"b","key":"zz"}},
                {"key":"t","type":"reference"},{"key":"c","type":"string","constraints":[{"type":"magic"},{"type":"external"}]}, 7],
               "constraints":[{"type":"unique","name":"u","fields":["x","missing"]},{"type":"what"},{"type":"external"}]},
              {"name":"B","slug":"a","fields":[{"key":"k","type":"string"}]},
              {"name":"B","slug":"b"}]}
            """);

        Assert.Equal(400, reply.Status);
        string[] expected =
        [
            "sheets[0].name", "sheets[0].fields[0].key", "sheets[0].fields[1].type", "sheets[0].fields[2].key", "sheets[0].fields[3].config.options",
            "sheets[0].fields[4].config.options[0]", "sheets[0].fields[5].config.ref", "sheets[0].fields[6].config.key", "sheets[0].fields[7].config.ref",
            "sheets[0].fields[7].config.key", "sheets[0].fields[8].constraints[0].type", "sheets[0].fields[8].constraints[1].validator", "sheets[0].fields[9]",
            "sheets[0].constraints[0].fields", "sheets[0].constraints[1].type", "sheets[0].constraints[2].validator", "sheets[1].slug", "sheets[2].fields",
        ];
        Assert.Equal(expected.Order(), reply.Keys.Order());
    }

    [Fact]
    public async Task LimitsOfFieldsAndConstraintsHold()
    {
        var many = string.Join(',', Enumerable.Range(0, 1_001).Select(n => $$"""{"key":"k{{n}}","type":"string"}"""));
        var constraints = string.Join(',', Enumerable.Repeat("""{"type":"required"}""", 11));

        Assert.Equal(400, (await CreateAsync(many)).Status);
        Assert.Equal(400, (await CreateAsync($$"""{"key":"a","type":"string","constraints":[{{constraints}}]}""")).Status);
        Assert.Equal(200, (await CreateAsync(many[..many.LastIndexOf(",{", StringComparison.Ordinal)])).Status);
    }

    [Fact]
    public async Task DeepJsonInAFieldIsEitherKeptWholeOrRefused()
    {
        foreach (var depth in new[] { 20, 40, 48, 50, 52, 54, 60, 70 })
        {
            var deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
            var reply = await _server.SendAsync("POST", $"sheets/{_sheet}/fields", $$"""{"key":"deep{{depth}}","type":"string","metadata":{{deep}}}""");
            Assert.True(reply.Status is 200 or 400, reply.Text);
            Assert.Equal(200, (await _server.SendAsync("GET", $"workbooks/{_workbook}")).Status);
        }
    }

    [Fact]
    public async Task NoFieldTypeOfTheReferenceIsRefused()
    {
        string[] fields =
        [
            """{"key":"a","type":"string","config":{"size":"tiny"}}""", """{"key":"b","type":"number","config":{"decimalPlaces":2},"isArray":false}""",
            """{"key":"c","type":"boolean","config":{"allowIndeterminate":true}}""", """{"key":"d","type":"date"}""",
            """{"key":"e","type":"enum","multi":false,"config":{"options":[{"value":1},{"label":"x"},{"value":true,"ordinal":2}],"sortBy":"ordinal"}}""",
            """{"key":"f","type":"enum-list","config":{"options":[{"value":"a"}],"allowCustom":true}}""",
            """{"key":"g","type":"reference","config":{"ref":"s","key":"a","relationship":"has-one","filter":{"refField":"a","recordField":"a"}}}""",
            """{"key":"h","type":"reference-list","config":{"ref":"s","key":"a"}}""", """{"key":"i","type":"string-list"}""",
            """{"key":"j","type":"string","constraints":[{"type":"required","config":{"level":"warn"}},{"type":"unique","config":{"caseSensitive":false}},{"type":"computed"},{"type":"external","validator":"v","config":{"any":[1]}},{"type":"stored","validator":"w","version":2}]}""",
        ];

        Assert.Equal(200, (await CreateAsync(string.Join(',', fields))).Status);
    }

    private Task<Reply> CreateAsync(string fields) =>
        _server.SendAsync("POST", "workbooks", $$$"""{"name":"X","spaceId":"{{{_space}}}","sheets":[{"name":"S","slug":"s","fields":[{{{fields}}}]}]}""");

    private async Task<IEnumerable<string>> KeysAsync() =>
        (await _server.DataAsync("GET", $"sheets/{_sheet}"))["config"]!["fields"]!.AsArray().Select(field => (string)field!["key"]!);

    [Fact]
    public async Task MembersOfSheetsThatDoNotFitAreAllNamed()
    {
        var reply = await _server.SendAsync("PATCH", $"workbooks/{_workbook}", """
            {"sheets":[{"name":"S","slug":"s","readonly":"yes","actions":[{"operation":"o"}],"fields":[{"key":"a","type":"string","label":5,"alternativeNames":"b"}]},
                       {"name":"T","slug":"t","access":"all","fields":[{"key":"a","type":"string","readonly":1}]}]}
            """);

        Assert.Equal(400, reply.Status);
        Assert.Equal(
            ["sheets[0].actions[0].label", "sheets[0].fields[0].alternativeNames", "sheets[0].fields[0].label", "sheets[0].readonly", "sheets[1].access", "sheets[1].fields[0].readonly"],
            reply.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Flatfile.Api", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEditorDoesNotTakeTheLockOfAnother()
    {
        await _server.DataAsync("PATCH", $"spaces/{_space}", """{"users":[{"email":"editor@a.ch","role":"editor"},{"email":"admin@a.ch","role":"admin"}]}""");
        using var editor = await Auth.Sign.InAsync(_server, "editor@a.ch");
        using var admin = await Auth.Sign.InAsync(_server, "admin@a.ch");
        await _server.DataAsync("POST", $"sheets/{_sheet}/lock");

        Assert.Equal(409, (await _server.SendAsync("POST", $"sheets/{_sheet}/unlock", client: editor)).Status);
        Assert.NotNull((await _server.DataAsync("GET", $"sheets/{_sheet}"))["lockedBy"]);
        await _server.DataAsync("POST", $"sheets/{_sheet}/unlock", client: admin);
        Assert.Null((await _server.DataAsync("GET", $"sheets/{_sheet}"))["lockedBy"]);
        await _server.DataAsync("POST", $"sheets/{_sheet}/lock", client: editor);
        await _server.DataAsync("POST", $"sheets/{_sheet}/unlock", client: editor);
    }
}
