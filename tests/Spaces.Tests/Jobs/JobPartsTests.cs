using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary>Jobs in parts, and jobs that come after others.</summary>
public sealed class JobPartsTests : IAsyncLifetime
{
    private readonly SteppedTime _time = new();
    private SpacesServer _server = null!;
    private string _space = "";

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync(time: _time);
        _space = await _server.SpaceAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ParallelPartsAreReadyAtOnceAndTheLastEndIsToldWithItsCounts()
    {
        var job = await CreateAsync();
        await PostAsync(job, "ack");
        var split = await PostAsync(job, "split", """{"parts":[{"page":1},{"page":2},{"page":3}],"runInParallel":true}""");
        Assert.Equal("waiting", (string)split["status"]!);
        var parts = await PartsAsync(job);
        Assert.Equal([0, 1, 2], parts.Select(part => (int)part["part"]!));
        Assert.Equal([1, 2, 3], parts.Select(part => (int)part["partData"]!["page"]!));
        Assert.All(parts, part => Assert.Equal(("ready", "parallel"), ((string)part["status"]!, (string)part["partExecution"]!)));
        Assert.Equal(409, (await SendAsync(job, "complete")).Status);
        await PostAsync(parts[2], "complete");
        await PostAsync(parts[0], "fail");
        Assert.DoesNotContain("job:parts-completed", await _server.TopicsAsync(_space));
        await PostAsync(parts[1], "cancel");
        var told = (await EventsAsync("job:parts-completed")).Single();
        Assert.Equal("""{"total":3,"completed":1,"failed":1,"canceled":1}""", told["payload"]!["parts"]!.ToJsonString());
        Assert.Equal((string)job["id"]!, (string)told["context"]!["jobId"]!);
        Assert.Equal([false, true, true, true], (await EventsAsync("job:ready")).Select(ready => (bool)ready["payload"]!["isPart"]!));
        Assert.Equal("complete", (string)(await PostAsync(job, "complete"))["status"]!);
        Assert.Equal(409, (await SendAsync(parts[0], "retry")).Status);
    }

    [Fact]
    public async Task SequentialPartsAreReadyOneAfterTheOther()
    {
        var job = await CreateAsync();
        await PostAsync(job, "split", """{"parts":3}""");
        for (var turn = 0; turn < 3; turn++)
        {
            var parts = await PartsAsync(job);
            Assert.Equal(
                Enumerable.Range(0, 3).Select(part => part < turn ? "complete" : part == turn ? "ready" : "created"), parts.Select(part => (string)part["status"]!));
            await PostAsync(parts[turn], "complete");
        }

        Assert.Single(await EventsAsync("job:parts-completed"));
        Assert.Equal(4, (await EventsAsync("job:ready")).Count);
    }

    [Fact]
    public async Task WhatHappensToTheWholeHappensToItsParts()
    {
        var canceled = await CreateAsync();
        await PostAsync(canceled, "split", """{"parts":2,"runInParallel":true}""");
        await PostAsync(canceled, "cancel");
        Assert.All(await PartsAsync(canceled), part => Assert.Equal("canceled", (string)part["status"]!));
        Assert.Empty(await EventsAsync("job:parts-completed"));

        var parts = await PartsAsync(canceled);
        Assert.Equal(3, (await _server.DataAsync("GET", $"jobs?spaceId={_space}")).AsArray().Count);
        Assert.Single((await _server.DataAsync("GET", $"jobs?spaceId={_space}&excludeChildJobs=true")).AsArray());
        await _server.DataAsync("DELETE", $"jobs/{canceled["id"]}");
        Assert.Equal(404, (await _server.SendAsync("GET", $"jobs/{parts[0]["id"]}")).Status);
        Assert.Empty((await _server.DataAsync("GET", $"jobs?spaceId={_space}")).AsArray());
    }

    [Fact]
    public async Task WhatCannotBeSplitSaysWhy()
    {
        var job = await CreateAsync();
        foreach (var bad in new[] { "0", "1.5", "1001", "[]", "[1]", "\"x\"", "null" })
        {
            Assert.Equal(400, (await SendAsync(job, "split", $$"""{"parts":{{bad}}}""")).Status);
        }

        await PostAsync(job, "split", """{"parts":2}""");
        Assert.Equal(409, (await SendAsync(job, "split", """{"parts":2}""")).Status);
        Assert.Equal(409, (await SendAsync((await PartsAsync(job))[0], "split", """{"parts":2}""")).Status);
        var ended = await CreateAsync();
        await PostAsync(ended, "complete");
        Assert.Equal(409, (await SendAsync(ended, "split", """{"parts":2}""")).Status);
    }

    [Fact]
    public async Task AJobWaitsForItsPredecessorsAndIsReadyOnceWithTheLastOfThem()
    {
        var first = await CreateAsync();
        var second = await CreateAsync();
        var follower = await CreateAsync(first, second);
        Assert.Equal("waiting", (string)follower["status"]!);
        await _server.DataAsync("POST", $"jobs/{follower["id"]}/execute");
        await PostAsync(first, "complete");
        Assert.Equal("waiting", await StatusAsync(follower));
        Assert.Equal(409, (await _server.SendAsync("PATCH", $"jobs/{follower["id"]}", """{"status":"ready"}""")).Status);
        await PostAsync(second, "complete");
        Assert.Equal("ready", await StatusAsync(follower));
        Assert.Equal(3, (await EventsAsync("job:ready")).Count);
        Assert.Equal("ready", (string)(await CreateAsync(first))["status"]!);
    }

    [Theory]
    [InlineData("fail", "failed")]
    [InlineData("cancel", "canceled")]
    [InlineData("delete", "deleted")]
    public async Task AFailedPredecessorFailsAllThatComeAfterWithTheReason(string end, string word)
    {
        var first = await CreateAsync();
        var second = await CreateAsync(first);
        var third = await CreateAsync(second);
        if (end == "delete")
        {
            await _server.DataAsync("DELETE", $"jobs/{first["id"]}");
        }
        else
        {
            await PostAsync(first, end);
        }

        Assert.Equal(["failed", "failed"], [await StatusAsync(second), await StatusAsync(third)]);
        var reason = (string)(await _server.DataAsync("GET", $"jobs/{second["id"]}"))["outcome"]!["message"]!;
        Assert.Contains((string)first["id"]!, reason);
        Assert.Contains(word, reason);
        Assert.Equal(409, (await SendAsync(second, "retry")).Status);
        if (end != "delete")
        {
            await PostAsync(first, "retry");
            Assert.Equal("waiting", (string)(await PostAsync(second, "retry"))["status"]!);
            await PostAsync(first, "complete");
            Assert.Equal("ready", await StatusAsync(second));
        }
    }

    [Fact]
    public async Task PredecessorsAndParentsMustBeJobsOfTheSpace()
    {
        var other = await _server.SpaceAsync();
        var foreign = await _server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"test","source":"{{other}}"}""");
        var reply = await _server.SendAsync(
            "POST", "jobs", $$"""{"type":"space","operation":"test","source":"{{_space}}","predecessorIds":["{{foreign["id"]}}","x"],"parentId":"us_jb_00000000"}""");
        Assert.Equal(400, reply.Status);
        Assert.Equal(["predecessorIds[0]", "predecessorIds[1]", "parentId"], reply.Json["errors"]!.AsArray().Select(fault => (string)fault!["key"]!));
    }

    [Fact]
    public async Task JobsOfManySpacesAreListedNewestFirstPageByPageAndFiltered()
    {
        var spaces = new List<string> { _space };
        for (var i = 0; i < 4; i++)
        {
            spaces.Add(await _server.SpaceAsync());
        }

        var made = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            _time.Step(TimeSpan.FromMilliseconds(1));
            made.Add((string)(await _server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"n{{i}}","source":"{{spaces[i % 5]}}"}"""))["id"]!);
        }

        await _server.DataAsync("DELETE", $"jobs/{made[49]}");
        made.RemoveAt(49);
        made.Reverse();
        var page = await _server.SendAsync("GET", "jobs?pageSize=20&pageNumber=2");
        Assert.Equal(made[20..40], page.Json["data"]!.AsArray().Select(job => (string)job!["id"]!));
        Assert.Equal(49, (int)page.Json["pagination"]!["totalCount"]!);
        Assert.Equal(10, (await _server.DataAsync("GET", $"jobs?source={spaces[1]}")).AsArray().Count);
        Assert.Equal(10, (await _server.DataAsync("GET", $"jobs?spaceId={spaces[2]}&sortDirection=asc")).AsArray().Count);
    }

    private async Task<JsonNode> CreateAsync(params JsonNode[] predecessors) => await _server.DataAsync("POST", "jobs", new JsonObject
    {
        ["type"] = "space", ["operation"] = "test", ["source"] = _space, ["trigger"] = "immediate",
        ["predecessorIds"] = new JsonArray([.. predecessors.Select(job => (JsonNode)(string)job["id"]!)]),
    }.ToJsonString());

    private Task<Reply> SendAsync(JsonNode job, string call, string body = "{}") => _server.SendAsync("POST", $"jobs/{job["id"]}/{call}", body);

    private async Task<JsonNode> PostAsync(JsonNode job, string call, string body = "{}") => await _server.DataAsync("POST", $"jobs/{job["id"]}/{call}", body);

    private async Task<string> StatusAsync(JsonNode job) => (string)(await _server.DataAsync("GET", $"jobs/{job["id"]}"))["status"]!;

    private async Task<List<JsonNode>> PartsAsync(JsonNode job) => [.. (await _server.DataAsync("GET", $"jobs?parentId={job["id"]}&sortDirection=asc")).AsArray().OfType<JsonNode>()];

    private async Task<List<JsonNode>> EventsAsync(string topic) =>
        [.. (await _server.DataAsync("GET", $"events?spaceId={_space}&topic={topic}&since=2000-01-01T00:00:00Z")).AsArray().OfType<JsonNode>()];
}
