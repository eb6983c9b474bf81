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
