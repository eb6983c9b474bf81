using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Tests.Resources;

public class AgentTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task DeployingASlugAgainIsTheNextVersionOfTheSameAgentAndRevertsToAnEarlierOne()
    {
        var before = (await world.TopicsAsync("agent:")).Length;
        var first = await world.DataAsync("POST", "agents?environmentId={environment}", """{"slug":"one","compiler":"js","source":"1","topics":["job:ready"]}""");
        var second = await world.DataAsync("POST", "agents?environmentId={environment}", """{"slug":"one","compiler":"js","source":"2","namespace":null}""");
        var id = (string)first["id"]!;

        Assert.StartsWith("us_ag_", id);
        Assert.Contains("does not run JavaScript", (string?)first["note"]);
        Assert.Equal(id, (string?)second["id"]);
        Assert.Equal((string?)first["createdAt"], (string?)second["createdAt"]);
        Assert.Null(second["topics"]);
        var versions = (await world.DataAsync("GET", $"agents/{id}/versions")).AsArray();
        Assert.Equal([1, 2], versions.Select(version => (int)version!["version"]!));
        Assert.All(versions, version => Assert.Equal(id, (string?)version!["agent_id"]));

        var reverted = await world.DataAsync("GET", $"agents/{id}/versions/{versions[0]!["id"]}/revert");
        Assert.Equal((3, 1, "1"), ((int)reverted["version"]!, (int)reverted["origin"]!, (string?)reverted["source"]));
        var now = await world.DataAsync("GET", $"agents/{id}");
        Assert.Equal("1", (string?)now["source"]);
        Assert.Null(now["note"]);
        Assert.Equal("job:ready", (string?)now["topics"]![0]);

        await world.DataAsync("DELETE", $"agents/{id}");
        Assert.Equal(404, (await world.SendAsync("GET", $"agents/{id}")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", $"agents/{id}/versions")).Status);
        Assert.Equal(["agent:created", "agent:updated", "agent:updated", "agent:deleted"], (await world.TopicsAsync("agent:"))[before..]);
    }

    [Fact]
    public async Task AgentsAreListedByPagesAndFilters()
    {
        var made = await world.DataAsync("POST", "agents?environmentId={environment}", """{"slug":"findme","isSystem":true}""");
        await world.DataAsync("POST", "agents?environmentId={environment}", """{"slug":"another"}""");

        Assert.Equal((string?)made["id"], (string?)Assert.Single((await world.DataAsync("GET", "agents?environmentId={environment}&search=FINDME")).AsArray())!["id"]);
        Assert.Contains("findme", (await world.DataAsync("GET", "agents?isSystem=true")).ToJsonString());
        Assert.DoesNotContain("findme", (await world.DataAsync("GET", "agents?isSystem=false")).ToJsonString());
        var page = (await world.SendAsync("GET", "agents?pageSize=1&pageNumber=2")).Json;
        Assert.Single(page["data"]!.AsArray());
        Assert.Equal(2, (int)page["pagination"]!["currentPage"]!);
        Assert.Empty((await world.Server.DataAsync("GET", "agents", client: world.Stranger)).AsArray());
        Assert.Equal(404, (await world.SendAsync("GET", $"agents/{made["id"]}", client: world.Stranger)).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "agents?environmentId={environment}", client: world.Stranger)).Status);
    }

    [Fact]
    public async Task LogsExecutionsAndExportsAreEmptyBecauseNothingRunsHere()
    {
        var id = (string)(await world.DataAsync("POST", "agents", """{"slug":"quiet"}"""))["id"]!;

        foreach (var path in new[] { $"agents/{id}/logs?environmentId={{environment}}", "agents/logs", "agents/executions", "agent-exports" })
        {
            var reply = await world.SendAsync("GET", path);
            Assert.Equal(200, reply.Status);
            Assert.Empty(reply.Json["data"]!.AsArray());
            Assert.Equal(0, (int)reply.Json["pagination"]!["totalCount"]!);
        }

        Assert.Equal(404, (await world.SendAsync("GET", "agents/log/us_evt_1")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "agents/us_ag_nothere1/logs")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "agent-exports/us_agx_1/download")).Status);
    }

    [Fact]
    public async Task AllFaultsOfAnAgentAreNamedAtOnce()
    {
        var reply = await world.SendAsync(
            "POST", "agents",
            """{"topics":[1],"compiler":"ts","template":"x","templateOptions":{"template":"webhook-egress","url":3},"isSystem":1,"packageVersions":{"a":1}}""");

        Assert.Equal(400, reply.Status);
        Assert.Equal(
            ["topics[0]", "compiler", "template", "templateOptions.jobName", "templateOptions.url", "isSystem", "packageVersions.a"], reply.Keys);
    }
}
