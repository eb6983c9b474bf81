using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Resources;

public class ActionTests(World world) : IClassFixture<World>
{
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

    [Theory]
    [InlineData("\"foreground\"", "null", "foreground")]
    [InlineData("\"foreground\"", "\"hidden\"", "hidden")]
    [InlineData("null", "null", "background")]
    public async Task AJobStartedFromAnActionRunsInTheActionsMode(string ofAction, string ofJob, string mode)
    {
        var space = await world.Server.SpaceAsync($$"""{"name":"x","actions":[{"label":"Go","operation":"go","mode":{{ofAction}} }]}""");

        var job = await world.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"go","source":"{{space}}","mode":{{ofJob}} }""");

        Assert.Equal(mode, (string?)job["mode"]);
        Assert.Equal(mode, (string?)(await world.DataAsync("GET", $"events?spaceId={space}&topic=job:created"))[0]!["payload"]!["mode"]);
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
}
