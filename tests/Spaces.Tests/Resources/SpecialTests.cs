using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Exchange;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Resources;

public class SpecialTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task AConstraintKeepsEveryStateAndGoesWithItsApp()
    {
        var app = (string)(await world.DataAsync("POST", "apps", """{"name":"C","namespace":"c","type":"CUSTOM"}"""))["id"]!;
        var made = await world.DataAsync("POST", $"apps/{app}/constraints", """{"validator":"even","function":"a","label":"L","options":{"x":1}}""");
        var at = $"apps/{app}/constraints/{made["id"]}";
        await world.DataAsync("PATCH", at, """{"function":"b","label":null,"validator":"odd"}""");

        Assert.StartsWith("us_cn_", (string?)made["id"]);
        Assert.Equal(app, (string?)made["appId"]);
        var now = await world.DataAsync("GET", at);
        Assert.Equal(("even", "b", null), ((string?)now["validator"], (string?)now["function"], (string?)now["label"]));
        Assert.Equal(now.ToJsonString(), Assert.Single((await world.DataAsync("GET", $"apps/{app}/constraints?includeBuiltins=true")).AsArray())!.ToJsonString());
        var versions = (await world.DataAsync("GET", at + "/versions")).AsArray();
        Assert.Equal(["a", "b"], versions.Select(version => (string?)version!["function"]));
        Assert.Equal((string?)made["id"], (string?)versions[0]!["id"]);
        Assert.Equal("a", (string?)(await world.DataAsync("GET", at + "/versions/1"))["function"]);
        Assert.Equal(404, (await world.SendAsync("GET", at + "/versions/3")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", $"apps/{{app}}/constraints/{made["id"]}")).Status);
        Assert.Equal(409, (await world.SendAsync("POST", $"apps/{app}/constraints", """{"validator":"even"}""")).Status);
        Assert.Equal(["function", "validator"], (await world.SendAsync("POST", $"apps/{app}/constraints", """{"validator":"","function":1}""")).Keys);
        Assert.Equal(400, (await world.SendAsync("GET", $"apps/{app}/constraints?includeBuiltins=maybe")).Status);

        var second = await world.DataAsync("POST", $"apps/{app}/constraints", "{}");
        Assert.Equal((string?)second["id"], (string?)second["validator"]);
        var gone = await world.SendAsync("DELETE", $"apps/{app}/constraints/{second["id"]}");
        Assert.True((bool)gone.Json["success"]!);
        Assert.True((bool)(await world.SendAsync("DELETE", $"apps/{app}")).Json["success"]!);
        Assert.Equal(404, (await world.SendAsync("GET", at)).Status);
    }

    [Fact]
    public async Task AMappingProgramHasTheKeysOfItsSheetsAndItsRules()
    {
        const string Sheets = """ "source":{"name":"a","fields":[{"key":"first","type":"string"}]},"destination":{"name":"b","fields":[{"key":"name","type":"string"}]} """;
        var before = (await world.TopicsAsync("program:")).Length;
        var made = await world.DataAsync("POST", "mapping?environmentId={environment}", $$"""{{{Sheets}},"namespace":"n","rules":[{"name":"r","type":"assign"}]}""");
        var at = $"mapping/{made["id"]}";

        Assert.Equal("first", (string?)made["sourceKeys"]![0]);
        Assert.Equal("name", (string?)made["destinationKeys"]![0]);
        Assert.StartsWith("us_mf_", (string?)made["familyId"]);
        Assert.Equal(1, (int)made["summary"]!["totalRuleCount"]!);
        Assert.StartsWith("us_mr_", (string?)made["rules"]![0]!["id"]);
        var added = (await world.DataAsync("POST", at + "/rules", """[{"name":"s","type":"concat","config":{"a":1}},{"name":"t","type":"x"}]""")).AsArray();
        Assert.Equal(3, (await world.DataAsync("GET", at + "/rules")).AsArray().Count);
        var rule = (string)added[0]!["id"]!;
        Assert.Equal("s2", (string?)(await world.DataAsync("PATCH", $"{at}/rules/{rule}", """{"name":"s2","config":null}"""))["name"]);
        await world.DataAsync("PATCH", at + "/rules", $$"""[{"id":"{{rule}}","name":"s3","type":"y"}]""");
        var read = await world.DataAsync("GET", $"{at}/rules/{rule}");
        Assert.Equal(("s3", "y", null), ((string?)read["name"], (string?)read["type"], read["config"]));
        await world.DataAsync("DELETE", at + "/rules", $$"""{"ruleIds":["{{rule}}"]}""");
        Assert.Equal(404, (await world.SendAsync("GET", $"{at}/rules/{rule}")).Status);
        await world.DataAsync("DELETE", $"{at}/rules/{added[1]!["id"]}");
        Assert.Single((await world.DataAsync("GET", at))["rules"]!.AsArray());
        Assert.Equal(2, (await world.DataAsync("PATCH", at, """{"rules":[{"name":"u","type":"z"},{"name":"v","type":"z"}]}"""))["rules"]!.AsArray().Count);

        foreach (var (query, found) in new[]
        {
            ("", true), ("namespace=n", true), ("namespace=m", false), ($"familyId={made["familyId"]}", true), ("sourceKeys=first", true), ("sourceKeys=first,last", false),
            ("destinationKeys=name", true), ("createdAfter=2020-01-01T00:00:00.000Z", true), ("createdBefore=2020-01-01T00:00:00.000Z", false),
            ($"createdBy={made["createdBy"]}", true), ("createdBy=us_usr_1", false), ("jobId=us_jb_1", false),
        })
        {
            var list = await world.SendAsync("GET", "mapping?" + query);
            Assert.Null(list.Json["pagination"]);
            Assert.True(found == list.Text.Contains((string)made["id"]!, StringComparison.Ordinal), query);
        }

        var topics = (await world.TopicsAsync("program:"))[before..];
        Assert.Equal(Enumerable.Repeat("program:updated", 6).Prepend("program:created"), topics);
        var unsaved = await world.DataAsync("POST", "mapping", $$"""{{{Sheets}},"save":false,"rules":[{"name":"r","type":"assign"}]}""");
        Assert.Null(unsaved["id"]);
        Assert.Equal("r", (string?)unsaved["rules"]![0]!["name"]);
        Assert.Equal(404, (await world.SendAsync("GET", at, client: world.Stranger)).Status);
        await world.DataAsync("DELETE", "mapping", """{"environmentId":"{environment}"}""");
        Assert.Equal(404, (await world.SendAsync("GET", at)).Status);
    }

    [Theory]
    [InlineData("{}", "source", "destination")]
    [InlineData("""{"source":{},"destination":{"fields":[{"key":"a","type":"x"}]}}""", "source.fields", "destination.fields[0].type")]
    [InlineData("""{"source":{"fields":[]},"destination":{"fields":[]},"rules":[{"name":1}]}""", "rules[0].name", "rules[0].type")]
    public async Task AllFaultsOfAMappingProgramAreNamedAtOnce(string body, params string[] keys)
    {
        var reply = await world.SendAsync("POST", "mapping", body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(keys, reply.Keys);
    }

    [Fact]
    public async Task FaultsOfAListOfBodiesSayWhichOne()
    {
        var reply = await world.SendAsync("POST", "actions/bulk?spaceId={space}", """[{"label":"a","targetId":"{space}"},7,{"targetId":"{space}"}]""");

        Assert.Equal(["[1]", "[2].label"], reply.Keys);
        Assert.DoesNotContain("\"a\"", (await world.SendAsync("GET", "actions?spaceId={space}")).Text);
    }

    [Fact]
    public async Task ActionsCreatedTogetherAreAnsweredAsABareListAndGoWithWhatTheyAreMountedOn()
    {
        var document = (string)(await world.DataAsync("POST", "spaces/{space}/documents", """{"title":"t","body":"b"}"""))["id"]!;
        var made = (await world.SendAsync("POST", "actions/bulk?spaceId={space}", $$"""[{"label":"a","targetId":"{{document}}"},{"label":"b","targetId":"{space}"}]""")).Json.AsArray();

        Assert.Equal(["a", "b"], made.Select(one => (string?)one!["label"]));
        Assert.Equal(404, (await world.SendAsync("POST", "actions?spaceId={space}", """{"label":"a","targetId":"us_sh_00000000"}""")).Status);
        Assert.Equal(400, (await world.SendAsync("GET", "actions")).Status);
        await world.DataAsync("DELETE", $"spaces/{{space}}/documents/{document}");
        Assert.Equal(404, (await world.SendAsync("GET", $"actions/{made[0]!["id"]}")).Status);
        await world.DataAsync("DELETE", $"actions/{made[1]!["id"]}");
    }

    [Theory]
    [InlineData("sheet", "{sheet}", "s:go", true)]
    [InlineData("workbook", "{workbook}", "workbook:go", true)]
    [InlineData("workbook", "{workbook}", null, false)]
    public async Task AJobStartedFromAnActionNamesItInItsEvents(string type, string source, string? name, bool mounted)
    {
        var action = mounted
            ? (string?)(await world.DataAsync("POST", "actions?spaceId={space}", $$"""{"label":"Go","operation":"go","targetId":"{{source}}"}"""))["id"]
            : null;
        var job = await world.DataAsync("POST", "jobs", $$"""{"type":"{{type}}","operation":"go","source":"{{source}}","trigger":"immediate"}""");
        if (mounted)
        {
            await world.DataAsync("DELETE", $"actions/{action}");
        }

        await world.DataAsync("POST", $"jobs/{job["id"]}/complete");
        var events = (await world.DataAsync("GET", "events?spaceId={space}&domain=job&since=2000-01-01T00:00:00Z&pageSize=1000")).AsArray()
            .Where(one => (string?)one!["context"]!["jobId"] == (string?)job["id"]).ToList();

        Assert.Equal(3, events.Count);
        Assert.All(events, one => Assert.Equal((name, action), ((string?)one!["context"]!["actionName"], (string?)one["context"]!["actionId"])));
    }

    [Fact]
    public async Task AnActionInTheBodyOfASpaceIsNamedWithoutAnId()
    {
        var space = await world.Server.SpaceAsync("""{"name":"x","actions":[{"label":"Go","operation":"go"}]}""");
        var job = await world.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"go","source":"{{space}}"}""");

        var raised = (await world.DataAsync("GET", $"events?spaceId={space}&topic=job:created")).AsArray().Single()!;

        Assert.Equal("space:go", (string?)raised["context"]!["actionName"]);
        Assert.Null(raised["context"]!["actionId"]);
        Assert.Equal("space:go", (string?)job["actionName"]);
    }

    [Fact]
    public async Task ARebuiltWorkbookHasAllItsSheetsCheckedAgain()
    {
        var space = await world.Server.SpaceAsync();
        var workbook = await world.DataAsync(
            "POST", "workbooks",
            $$"""{"name":"W","spaceId":"{{space}}","sheets":[{"name":"A","fields":[{"key":"a","type":"string"}]},{"name":"B","fields":[{"key":"b","type":"string"}]}]}""");

        await world.DataAsync("POST", $"workbooks/{workbook["id"]}/rebuild");

        Assert.Equal(2, (await world.Server.TopicsAsync(space)).Count(topic => topic == "sheet:updated"));
        Assert.Equal(404, (await world.SendAsync("POST", $"workbooks/{workbook["id"]}/rebuild", client: world.Stranger)).Status);
    }

    [Fact]
    public async Task AClipHoldsCopiesOfRowsInASheetOfItsOwn()
    {
        var space = await world.Server.SpaceAsync();
        var workbook = await world.DataAsync(
            "POST", "workbooks",
            $$$"""
            {"name":"W","spaceId":"{{{space}}}","sheets":[
              {"name":"A","slug":"a","fields":[{"key":"a","type":"number"},{"key":"r","type":"reference","config":{"ref":"b","key":"b"}}]},
              {"name":"B","slug":"b","fields":[{"key":"b","type":"string"}]}]}
            """);
        var sheet = (string)workbook["sheets"]![0]!["id"]!;
        var rows = (await world.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":1}},{"a":{"value":2}}]"""))["records"]!.AsArray();

        var clip = (await world.SendAsync("POST", "data-clips", $$"""{"name":"C","sourceSheetId":"{{sheet}}","sharedLinkAccess":"restricted"}""")).Json;
        var added = (await world.SendAsync("POST", $"data-clips/{clip["id"]}/add-records", $$"""{"recordIds":["{{rows[1]!["id"]}}"]}""")).Json;

        Assert.StartsWith("us_clip_", (string?)clip["id"]);
        Assert.Equal(2, (int)Assert.Single(added["records"]!.AsArray())!["values"]!["a"]!["value"]!);
        var held = (await world.DataAsync("GET", $"sheets/{clip["clipSheetId"]}/records"))["records"]!.AsArray();
        Assert.Equal(2, (int)Assert.Single(held)!["values"]!["a"]!["value"]!);
        Assert.Equal(404, (await world.SendAsync("POST", $"data-clips/{clip["id"]}/add-records", $$"""{"recordIds":["{{held[0]!["id"]}}"]}""")).Status);
        Assert.Equal(400, (await world.SendAsync("POST", $"data-clips/{clip["id"]}/add-records", """{"recordIds":[]}""")).Status);
        Assert.Equal(["name", "sourceSheetId"], (await world.SendAsync("POST", "data-clips", "{}")).Keys);
        Assert.Equal(501, (await world.SendAsync("GET", $"data-clips/{clip["id"]}/resolutions")).Status);

        foreach (var (query, found) in new[] { ("", 1), ($"&sheetId={sheet}", 1), ("&sheetId=us_sh_1", 0), ("&status=open", 1), ("&status=merged", 0) })
        {
            Assert.Equal(found, (await world.DataAsync("GET", $"data-clips?spaceId={space}{query}")).AsArray().Count(one => (string?)one!["data"]!["id"] == (string?)clip["id"]));
        }

        var changed = await world.DataAsync("PATCH", $"data-clips/{clip["id"]}", """{"name":null,"description":"d","collaborators":["us_usr_1"],"sharedLinkAccess":null}""");
        Assert.Equal(("C", "d", null), ((string?)changed["name"], (string?)changed["description"], (string?)changed["sharedLinkAccess"]));
        Assert.Equal(changed.ToJsonString(), (await world.DataAsync("GET", $"data-clips/{clip["id"]}")).ToJsonString());
        Assert.Equal(404, (await world.SendAsync("GET", $"data-clips/{clip["id"]}", client: world.Stranger)).Status);
        await world.DataAsync("DELETE", $"data-clips/{clip["id"]}");
        Assert.Equal(404, (await world.SendAsync("GET", $"data-clips/{clip["id"]}")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", $"workbooks/{clip["workbookId"]}")).Status);
        Assert.Equal(
            ["data-clip:created", "data-clip:updated", "data-clip:collaborator-updated", "data-clip:updated", "data-clip:deleted"],
            (await world.DataAsync("GET", $"events?spaceId={space}&domain=data-clip&since=2000-01-01T00:00:00Z&pageSize=100")).AsArray().Select(one => (string)one!["topic"]!));
    }

    [Fact]
    public async Task WhatHangsOnASpaceTravelsWithIt()
    {
        var space = await world.Server.SpaceAsync();
        var thread = (string)(await world.DataAsync("POST", "threads", $$"""{"resourceId":"{{space}}","status":"ready"}"""))["id"]!;
        await world.SendAsync("POST", $"threads/{thread}/messages", """{"content":{"text":"hi"},"role":"user"}""");
        await world.DataAsync("POST", $"actions?spaceId={space}", $$"""{"label":"Go","targetId":"{{space}}"}""");

        var imported = await world.Server.ImportAsync(await world.Server.ExportAsync(space));
        var copy = (string)imported.Json["data"]!["id"]!;

        Assert.Equal(copy, (string?)Assert.Single((await world.SendAsync("GET", $"actions?spaceId={copy}")).Json.AsArray())!["targetId"]);
        var moved = Assert.Single((await world.DataAsync("GET", $"threads?resourceId={copy}")).AsArray())!;
        Assert.NotEqual(thread, (string?)moved["id"]);
        var message = Assert.Single((await world.DataAsync("GET", $"threads/{moved["id"]}/messages")).AsArray())!;
        Assert.Equal(("hi", (string?)moved["id"]), ((string?)message["content"]!["text"], (string?)message["threadId"]));
    }

    [Fact]
    public async Task TheStatusOfAnOnboardingIsTheOnboarding() =>
        Assert.Equal((await world.SendAsync("GET", "onboardings/{onboarding}")).Text, (await world.SendAsync("GET", "onboardings/{onboarding}/status")).Text);

    [Fact]
    public async Task AGuideKeepsAVersionForEachStateOfItsBlocksAndGuidanceFindsIt()
    {
        var made = await world.DataAsync(
            "POST", "environments/{environment}/guides", """{"title":"G","slug":"versions","description":"d","blocks":[{"a":1}],"environmentId":"{environment}"}""");
        var at = $"environments/{{environment}}/guides/{made["id"]}";
        await world.DataAsync("PATCH", at, """{"title":"G2","versions":[]}""");
        await world.DataAsync("PATCH", at, """{"blocks":[{"a":2}]}""");

        Assert.Equal("""[{"a":1}]""", (string?)(await world.DataAsync("GET", at + "/versions/1"))["content"]);
        Assert.Equal("""[{"a":2}]""", (string?)(await world.DataAsync("GET", at + "/versions/2"))["content"]);
        Assert.Equal(404, (await world.SendAsync("GET", at + "/versions/3")).Status);
        Assert.Equal(409, (await world.SendAsync(
            "POST", "environments/{environment}/guides", """{"title":"G","slug":"versions","description":"d","blocks":[],"environmentId":"{environment}"}""")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "environments/{environment}/guides", client: world.Stranger)).Status);

        var guidance = (await world.SendAsync(
            "POST", "spaces/{space}/guidance", """{"guideSlug":"versions","options":{"target":"#a","trigger":"hover","type":"tooltip"}}""")).Json;
        Assert.Null((await world.SendAsync("GET", $"spaces/{{space}}/guidance/{guidance["id"]}")).Json["guide"]);
        Assert.Equal("G2", (string?)(await world.SendAsync("GET", $"spaces/{{space}}/guidance/{guidance["id"]}?includeGuide=true")).Json["guide"]!["title"]);
        Assert.Contains("G2", (await world.SendAsync("GET", "spaces/{space}/guidance?includeGuide=true")).Text);
        await world.DataAsync("DELETE", at);
        Assert.Equal(404, (await world.SendAsync("GET", at)).Status);
    }

    [Fact]
    public async Task AFlagIsRenamedByItsNewSlugAndSlugsAreUnique()
    {
        var path = "workbooks/{workbook}/flags";
        await world.SendAsync("POST", path, """{"slug":"a","label":"A","colorHex":"#fff"}""");
        await world.SendAsync("POST", path, """{"slug":"b","label":"B","colorHex":"#ffffff80"}""");

        Assert.Equal(409, (await world.SendAsync("POST", path, """{"slug":"a","label":"A","colorHex":"#fff"}""")).Status);
        Assert.Equal(409, (await world.SendAsync("PATCH", path + "/b", """{"newSlug":"a"}""")).Status);
        Assert.Equal("c", (string?)(await world.SendAsync("PATCH", path + "/b", """{"newSlug":"c"}""")).Json["slug"]);
        Assert.Equal(404, (await world.SendAsync("GET", path + "/b")).Status);
        Assert.Equal("B", (string?)(await world.SendAsync("GET", "../v1/v1/workbooks/{workbook}/flags/c")).Json["label"]);
        Assert.Equal(404, (await world.SendAsync("GET", "workbooks/us_wb_00000000/flags")).Status);
        await world.SendAsync("DELETE", path + "/a");
        await world.SendAsync("DELETE", path + "/c");
    }

    [Fact]
    public async Task TransformationsAreFoundByKeysThatAreMuchTheSame()
    {
        const string Body = """
            {"accountId":"{account}","environmentId":"{environment}","spaceId":"{space}","appId":"us_app_t","sheetId":"{sheet}",
             "keys":["a","b"],"sourceKeys":["a"],"destinationKeys":["b"],"mutationCommand":"x","type":"t"}
            """;
        var reply = await world.SendAsync("POST", "transformations", Body);
        var made = reply.Json["data"]!;
        Assert.True((bool)reply.Json["success"]!);
        Assert.StartsWith("us_tr_", (string?)made["id"]);
        Assert.Equal(0, (int)made["usageCount"]!);

        foreach (var (query, found) in new[]
        {
            ("matchKeys=[%22a%22,%22b%22]", 1), ("matchKeys=[%22a%22]", 0), ("matchKeys=[%22a%22]&overlap=0.5", 1), ("matchKeys=a&matchKeys=b", 1),
            ("matchKeys=[%22a%22,%22b%22]&filterKeys=[%22b%22]", 1), ("matchKeys=[%22a%22,%22b%22]&filterKeys=[%22z%22]", 0),
            ("matchKeys=[%22a%22,%22b%22]&page=2", 0),
        })
        {
            var list = await world.SendAsync("GET", "transformations?appId=us_app_t&" + query);
            Assert.True((bool)list.Json["success"]!);
            Assert.True(found == list.Json["data"]!.AsArray().Count, query);
        }

        Assert.Equal(400, (await world.SendAsync("GET", "transformations?appId=us_app_t")).Status);
        Assert.Equal(400, (await world.SendAsync("GET", "transformations?appId=us_app_t&matchKeys=[1]")).Status);
        var changed = await world.SendAsync("PUT", $"transformations/{made["id"]}", Body.Replace("\"x\"", "\"y\"", StringComparison.Ordinal));
        Assert.Equal("y", (string?)changed.Json["data"]!["mutationCommand"]);
        Assert.Equal(8, (await world.SendAsync("PUT", $"transformations/{made["id"]}", """{"type":"t","keys":[]}""")).Keys.Count());
        Assert.Equal(404, (await world.SendAsync("DELETE", $"transformations/{made["id"]}", client: world.Stranger)).Status);
        Assert.Equal(200, (await world.SendAsync("DELETE", $"transformations/{made["id"]}")).Status);
        Assert.Equal(404, (await world.SendAsync("DELETE", $"transformations/{made["id"]}")).Status);
    }

    [Fact]
    public async Task AnalysesBelongToTheirSheet()
    {
        const string Body = """{"sheetId":"{sheet}","environmentId":"{environment}","spaceId":"{space}","workbookId":"{workbook}","analyses":[{"field":"a","result":{"x":1}},{"field":"b"}]}""";
        var made = (await world.DataAsync("POST", "analysis", Body)).AsArray();
        var at = $"analysis/{made[0]!["id"]}";

        Assert.Equal(2, (await world.DataAsync("GET", "analysis?sheetId={sheet}")).AsArray().Count);
        Assert.Equal("b", (string?)Assert.Single((await world.DataAsync("GET", "analysis?sheetId={sheet}&fields=[%22b%22]")).AsArray())!["field"]);
        var one = (await world.SendAsync("GET", at + "?sheetId={sheet}")).Json;
        Assert.Equal(1, (int)one["result"]!["x"]!);
        Assert.Equal((string?)one["id"], (string?)one["data"]!["id"]);
        Assert.Equal(400, (await world.SendAsync("GET", at)).Status);
        Assert.Equal(404, (await world.SendAsync("GET", at + "?sheetId={sheet}", client: world.Stranger)).Status);
        Assert.Equal(["workbookId"], (await world.SendAsync("POST", "analysis", Body.Replace("{workbook}", "us_wb_1", StringComparison.Ordinal))).Keys);
        Assert.Equal(["sheetId", "environmentId", "spaceId", "workbookId", "analyses[0].field"], (await world.SendAsync("POST", "analysis", """{"analyses":[{}]}""")).Keys);
        await world.DataAsync("DELETE", at + "?sheetId={sheet}");
        Assert.Equal(404, (await world.SendAsync("GET", at + "?sheetId={sheet}")).Status);
        Assert.Equal(1, (int)(await world.SendAsync("DELETE", "analysis?sheetId={sheet}")).Json["deleted"]!);
    }

    [Fact]
    public async Task EntitlementsAreAnEmptyListOfSomethingThatExists()
    {
        foreach (var id in new[] { "{space}", "{environment}", "{account}", "{sheet}" })
        {
            Assert.Empty((await world.DataAsync("GET", "entitlements?resourceId=" + id)).AsArray());
        }

        Assert.Equal(400, (await world.SendAsync("GET", "entitlements")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "entitlements?resourceId=us_sp_00000000")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "entitlements?resourceId={space}", client: world.Stranger)).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "entitlements?resourceId={environment}", client: world.Stranger)).Status);
    }

    [Fact]
    public async Task WhatHangsOnSomethingGoesWithIt()
    {
        var thread = (string)(await world.DataAsync("POST", "threads", """{"resourceId":"{space}","status":"ready"}"""))["id"]!;
        var message = (await world.SendAsync("POST", $"threads/{thread}/messages", """{"content":{},"role":"tool"}""")).Json;
        Assert.Equal(404, (await world.SendAsync("GET", $"threads/{{thread}}/messages/{message["id"]}")).Status);
        Assert.Equal(["threadId"], (await world.SendAsync("PUT", $"threads/{thread}/messages/{message["id"]}", """{"threadId":"{thread}"}""")).Keys);

        await world.DataAsync("DELETE", $"threads/{thread}");

        Assert.Equal(404, (await world.SendAsync("GET", $"threads/{thread}/messages")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", $"threads/{thread}/messages/{message["id"]}")).Status);
    }

    [Fact]
    public async Task ANamedSpaceOrAccountMustBeOneTheCallerCanSee()
    {
        Assert.Equal(404, (await world.SendAsync("POST", "prompts", """{"prompt":"x","environmentId":"{environment}","spaceId":"us_sp_00000000"}""")).Status);
        Assert.Equal(404, (await world.SendAsync("POST", "prompts", """{"prompt":"x","environmentId":"us_env_1","spaceId":"{space}"}""")).Status);
        Assert.Equal(404, (await world.SendAsync(
            "POST", "runbooks",
            """{"accountId":"us_acc_1","appId":"a","environmentId":"{environment}","spaceId":"{space}","name":"R","config":{"sourceSheetIds":[],"destinationSheetIds":[]},"status":"CREATED","type":"SHEET_TOOL"}""")).Status);
        Assert.Equal(404, (await world.SendAsync("POST", "routines", """{"runbookId":"us_rb_1","name":"x","ordinal":1,"type":"JOB"}""")).Status);
        Assert.Equal(400, (await world.SendAsync("GET", "routines")).Status);
    }

    [Theory]
    [InlineData("POST", "foreigndb/{workbook}", "PostgreSQL")]
    [InlineData("POST", "spaces/{space}/upgrade", "blueprint")]
    [InlineData("POST", "spaces/{space}/drafts", "draft")]
    [InlineData("POST", "analysis/us_an_1/suggestions/1?sheetId={sheet}", "suggestion")]
    public async Task WhatIsNotBuiltSaysWhy(string method, string path, string why)
    {
        var reply = await world.SendAsync(method, path, "{}");

        Assert.Equal(501, reply.Status);
        Assert.Contains(why, reply.Message);
    }
}
