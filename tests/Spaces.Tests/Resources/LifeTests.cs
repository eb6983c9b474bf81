using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Resources;

public class LifeTests(World world) : IClassFixture<World>
{
    public static TheoryData<string> Names => [.. LifeCases.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AResourceIsCreatedListedReadChangedAndDeleted(string name)
    {
        var row = LifeCases.All.Single(one => one.Name == name);
        var topics = row.Topics.Length > 0 ? (await world.TopicsAsync(row.Topics[0].Split(':')[0] + ":")).Length : 0;

        var made = One(row, await world.SendAsync("POST", row.Path + row.Query, row.New));
        var item = $"{row.Item ?? row.Path}/{made[row.Key]}";

        Assert.StartsWith(row.Prefix, (string?)made["id"]);
        Assert.EndsWith("Z", (string?)made["createdAt"]);
        Assert.EndsWith("Z", (string?)made["updatedAt"]);
        Assert.True(JsonNode.DeepEquals(made, One(row, await world.SendAsync("GET", item + row.ItemQuery))));
        Assert.Contains(made.ToJsonString(), await ListAsync(row, ""));
        foreach (var query in row.Found)
        {
            Assert.Contains(made.ToJsonString(), await ListAsync(row, query));
        }

        foreach (var query in row.Missed)
        {
            Assert.DoesNotContain(made.ToJsonString(), await ListAsync(row, query));
        }

        var changed = One(row, await world.SendAsync(row.Method, item + row.ChangePath, row.Change));
        foreach (var (member, json) in row.After)
        {
            Assert.True(
                json is null && member != "createdBy" ? changed[member] is null : member == "createdBy" || JsonNode.DeepEquals(JsonNode.Parse(world.Fill(json!)), changed[member]),
                $"{member} is {changed[member]?.ToJsonString()}");
        }

        Assert.Equal((string?)made["createdAt"], (string?)changed["createdAt"]);
        Assert.True(JsonNode.DeepEquals(changed, One(row, await world.SendAsync("GET", item))));
        Assert.Equal(404, (await world.SendAsync("GET", item, client: world.Stranger)).Status);
        Assert.Equal(404, (await world.SendAsync(row.Method, item + row.ChangePath, row.Change, world.Stranger)).Status);
        Assert.Equal(404, (await world.SendAsync("DELETE", item, client: world.Stranger)).Status);

        var deleted = await world.SendAsync("DELETE", item);
        Assert.True(deleted.Status == 200, deleted.Text);
        Assert.True((bool)(deleted.Json["data"]?["success"] ?? deleted.Json["success"])!);
        Assert.Equal(404, (await world.SendAsync("GET", item)).Status);
        Assert.Equal(404, (await world.SendAsync("DELETE", item)).Status);
        Assert.Equal(404, (await world.SendAsync(row.Method, item + row.ChangePath, row.Change)).Status);
        Assert.DoesNotContain(changed.ToJsonString(), await ListAsync(row, ""));
        Assert.Equal(row.Topics, row.Topics.Length > 0 ? (await world.TopicsAsync(row.Topics[0].Split(':')[0] + ":"))[topics..] : []);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AllFaultsOfABodyAreNamedAtOnce(string name)
    {
        var row = LifeCases.All.Single(one => one.Name == name);

        var reply = await world.SendAsync("POST", row.Path + row.Query, row.Faulty);

        Assert.Equal(400, reply.Status);
        Assert.Equal(row.Faults, reply.Keys);
        Assert.All(reply.Json["errors"]!.AsArray(), one => Assert.EndsWith(".", (string?)one!["message"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AListOfAnotherEnvironmentHoldsNothingOfThisOne(string name)
    {
        var row = LifeCases.All.Single(one => one.Name == name);

        var reply = await world.SendAsync("GET", row.Path + row.Query, client: world.Stranger);

        Assert.True(reply.Status == 404 || (reply.Status == 200 && (reply.Json as JsonArray ?? reply.Json["data"]!.AsArray()).Count == 0), reply.Text);
    }

    private static JsonObject One(LifeCase row, Reply reply)
    {
        Assert.True(reply.Status == 200, $"{reply.Status}: {reply.Text}");
        if (!row.BareOne)
        {
            Assert.Equal("data", Assert.Single(reply.Json.AsObject()).Key);
            return reply.Json["data"]!.AsObject();
        }

        var body = reply.Json.AsObject();
        var data = body["data"]!.AsObject();
        body.Remove("data");
        Assert.True(JsonNode.DeepEquals(body, data));
        return data;
    }

    private async Task<IReadOnlyList<string>> ListAsync(LifeCase row, string query)
    {
        var path = row.Path + row.Query + (query.Length == 0 ? "" : (row.Query.Length == 0 ? "?" : "&") + query);
        var reply = await world.SendAsync("GET", path);
        Assert.True(reply.Status == 200, $"{path} answered {reply.Status}: {reply.Text}");
        if (row.BareList)
        {
            return [.. reply.Json.AsArray().Select(one => one!.ToJsonString())];
        }

        Assert.Equal(row.Pages, reply.Json["pagination"] is not null);
        return [.. reply.Json["data"]!.AsArray().Select(one => one!.ToJsonString())];
    }
}
