using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Jobs;

/// <summary>The states of a job over HTTP: who may go where, and which event says so, once.</summary>
public sealed class JobMachineTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = "";

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AnImmediateJobIsReadyAtOnceAndSaysSoOnce()
    {
        var job = await CreateAsync("immediate");
        Assert.Equal("ready", (string)job["status"]!);
        await PostAsync(job, "execute");
        Assert.Equal(["space:created", "job:created", "job:ready"], await _server.TopicsAsync(_space));
    }

    [Fact]
    public async Task AManualJobWaitsForExecuteAndIsReadyOnceHoweverOftenItIsExecuted()
    {
        var job = await CreateAsync("manual");
        Assert.Equal("created", (string)job["status"]!);
        Assert.Equal("""{"data":{"success":true}}""", (await _server.SendAsync("POST", $"jobs/{job["id"]}/execute")).Text);
        await PostAsync(job, "execute");
        Assert.Equal("ready", await StatusAsync(job));
        Assert.Equal(["space:created", "job:created", "job:ready"], await _server.TopicsAsync(_space));
    }

    [Fact]
    public async Task AJobCreatedAsReadyIsAnnouncedByExecuteOnly()
    {
        var job = await CreateAsync(null, status: "ready");
        Assert.Equal("ready", (string)job["status"]!);
        Assert.DoesNotContain("job:ready", await _server.TopicsAsync(_space));
        await PostAsync(job, "execute");
        await PostAsync(job, "execute");
        Assert.Single(await _server.TopicsAsync(_space), "job:ready");
    }

    [Fact]
    public async Task AnAcknowledgedJobRunsReportsAndCompletesWithItsOutcome()
    {
        var job = await CreateAsync("immediate");
        var taken = await PostAsync(job, "ack", """{"info":"Accepted","progress":0}""");
        Assert.Equal("executing", (string)taken["status"]!);
        Assert.NotNull(taken["startedAt"]);
        var half = await PostAsync(job, "ack", """{"progress":50.5}""");
        Assert.Equal("Accepted", (string)half["info"]!);
        Assert.Equal(50.5, (double)half["progress"]!);
        var ended = await PostAsync(job, "complete", """{"outcome":{"message":"Done","rowsRead":7},"info":"ok"}""");
        Assert.Equal("complete", (string)ended["status"]!);
        Assert.Equal(100, (int)ended["progress"]!);
        Assert.Equal(7, (int)ended["outcome"]!["rowsRead"]!);
        Assert.NotNull(ended["finishedAt"]);
        Assert.Equal(["space:created", "job:created", "job:ready", "job:updated", "job:updated", "job:completed"], await _server.TopicsAsync(_space));
    }

    [Theory]
    [InlineData("complete", "complete", "job:completed")]
    [InlineData("fail", "failed", "job:failed")]
    [InlineData("cancel", "canceled", "job:updated")]
    public async Task TheSameEndAgainChangesNothingAndAnotherEndIsAConflict(string end, string status, string topic)
    {
        var job = await CreateAsync("immediate");
        var first = await PostAsync(job, end, """{"info":"first"}""");
        Assert.Equal(status, (string)first["status"]!);
        var before = await _server.TopicsAsync(_space);
        Assert.Equal(topic, before[^1]);
        var again = await PostAsync(job, end, """{"info":"second"}""");
        Assert.Equal("first", (string)again["info"]!);
        foreach (var other in new[] { "complete", "fail", "cancel" }.Where(o => o != end))
        {
            var reply = await _server.SendAsync("POST", $"jobs/{job["id"]}/{other}");
            Assert.Equal(409, reply.Status);
            Assert.Contains(status, reply.Message, StringComparison.Ordinal);
        }

        var late = await PostAsync(job, "ack", """{"progress":3,"info":"late"}""");
        Assert.Equal("first", (string)late["info"]!);
        Assert.Equal(409, (await _server.SendAsync("POST", $"jobs/{job["id"]}/execute")).Status);
        Assert.Equal(409, (await _server.SendAsync("PATCH", $"jobs/{job["id"]}", """{"status":"executing"}""")).Status);
        Assert.Equal(before, await _server.TopicsAsync(_space));
    }

    [Fact]
    public async Task AFailedJobIsRetriedAsIfNew()
    {
        var job = await CreateAsync("immediate");
        await PostAsync(job, "ack");
        await PostAsync(job, "fail", """{"outcome":{"message":"broken"}}""");
        var again = await PostAsync(job, "retry");
        Assert.Equal("ready", (string)again["status"]!);
        Assert.Null(again["outcome"]);
        Assert.Null(again["finishedAt"]);
        Assert.Equal(2, (await _server.TopicsAsync(_space)).Count(t => t == "job:ready"));
        Assert.Equal(409, (await _server.SendAsync("POST", $"jobs/{job["id"]}/retry")).Status);
    }

    [Fact]
    public async Task TheEventsOfASheetJobNameItsWorkbookAndSheet()
    {
        var workbook = await _server.DataAsync("POST", "workbooks",
            $$"""{"name":"W","spaceId":"{{_space}}","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}""");
        var sheet = (string)workbook["sheets"]![0]!["id"]!;
        await _server.DataAsync("POST", "jobs", $$"""{"type":"sheet","operation":"check","source":"{{sheet}}","input":{"deep":[1]},"trigger":"immediate"}""");
        var ready = (await _server.DataAsync("GET", $"events?spaceId={_space}&topic=job:ready&since=2000-01-01T00:00:00Z"))[0]!;
        Assert.Equal((string)workbook["id"]!, (string)ready["context"]!["workbookId"]!);
        Assert.Equal(sheet, (string)ready["context"]!["sheetId"]!);
        Assert.Equal("s", (string)ready["context"]!["sheetSlug"]!);
        Assert.Equal("""{"job":"sheet:check","domain":"sheet","operation":"check","status":"ready","info":null,"isPart":false,"input":{"deep":[1]},"progress":0,"mode":"background","trigger":"immediate","outcome":null}""",
            ready["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task ConfiguringASpaceToItsEndMakesItConfigured()
    {
        var space = await _server.SpaceAsync("""{"name":"C","autoConfigure":true}""");
        var job = (await _server.DataAsync("GET", $"jobs?spaceId={space}"))[0]!;
        Assert.Equal("space", (string)job["type"]!);
        await PostAsync(job, "complete");
        Assert.Equal("configured", (string)(await _server.DataAsync("GET", $"spaces/{space}"))["status"]!);
        Assert.Contains("space:configured", await _server.TopicsAsync(space));
    }

    [Fact]
    public async Task JobsAreListedNewestFirstInPagesAndByTheirSource()
    {
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync("manual", operation: $"op{i}");
        }

        var reply = await _server.SendAsync("GET", $"jobs?spaceId={_space}&pageSize=2&pageNumber=2");
        Assert.Equal(["op2", "op1"], reply.Json["data"]!.AsArray().Select(j => (string)j!["operation"]!));
        Assert.Equal("""{"currentPage":2,"pageCount":3,"totalCount":5}""", reply.Json["pagination"]!.ToJsonString());
        Assert.Empty((await _server.DataAsync("GET", "jobs?source=us_sp_zzzzzzzz")).AsArray());
    }

    [Theory]
    [InlineData("""{}""", 400, "type")]
    [InlineData("""{"type":"space","operation":"x","source":"us_sp_zzzzzzzz"}""", 404, null)]
    [InlineData("""{"type":"agent","operation":"agent-export","source":"us_ag_1"}""", 501, null)]
    [InlineData("""{"type":"app","operation":"x","source":"us_app_1"}""", 501, null)]
    [InlineData("""{"type":"space","operation":"x","source":"$space","trigger":"later"}""", 400, "trigger")]
    [InlineData("""{"type":"space","operation":"x","source":"$space","status":"complete"}""", 400, "status")]
    [InlineData("""{"type":"file","operation":"x","source":"us_fl_zzzzzzzz"}""", 404, null)]
    public async Task AJobThatCannotBeIsRefusedWithItsReason(string body, int status, string? key)
    {
        var reply = await _server.SendAsync("POST", "jobs", body.Replace("$space", _space, StringComparison.Ordinal));
        Assert.Equal(status, reply.Status);
        Assert.Equal(key, reply.Keys.First());
        Assert.Equal(["space:created"], await _server.TopicsAsync(_space));
    }

    [Fact]
    public async Task ADeletedJobIsGoneAndSaysSo()
    {
        var job = await CreateAsync("manual");
        Assert.Equal(200, (await _server.SendAsync("DELETE", $"jobs/{job["id"]}")).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"jobs/{job["id"]}")).Status);
        Assert.Equal("job:deleted", (await _server.TopicsAsync(_space))[^1]);
    }

    [Fact]
    public async Task ProgressOutsideZeroToAHundredIsRefused()
    {
        var job = await CreateAsync("immediate");
        Assert.Equal(400, (await _server.SendAsync("POST", $"jobs/{job["id"]}/ack", """{"progress":101}""")).Status);
        Assert.Equal(400, (await _server.SendAsync("PATCH", $"jobs/{job["id"]}", """{"status":"sleeping"}""")).Status);
        Assert.Equal("ready", await StatusAsync(job));
    }

    private Task<JsonNode> CreateAsync(string? trigger, string? status = null, string operation = "test")
    {
        var body = new JsonObject { ["type"] = "space", ["operation"] = operation, ["source"] = _space };
        if (trigger is not null)
        {
            body["trigger"] = trigger;
        }

        if (status is not null)
        {
            body["status"] = status;
        }

        return _server.DataAsync("POST", "jobs", body.ToJsonString());
    }

    private Task<JsonNode> PostAsync(JsonNode job, string verb, string? body = null) => _server.DataAsync("POST", $"jobs/{job["id"]}/{verb}", body);

    private async Task<string> StatusAsync(JsonNode job) => (string)(await _server.DataAsync("GET", $"jobs/{job["id"]}"))["status"]!;

    [Theory]
    [InlineData("nonsense", 400)]
    [InlineData("environment", 400)]
    [InlineData("app", 501)]
    [InlineData("onboarding", 501)]
    public async Task AJobOfATypeNobodyKnowsIsRefusedAndOneOnlyThePlatformHasIsNotBuilt(string type, int status)
    {
        var reply = await _server.SendAsync("POST", "jobs", $$"""{"type":"{{type}}","operation":"x","source":"{{_space}}"}""");

        Assert.Equal(status, reply.Status);
        if (status == 400)
        {
            Assert.Equal(["type"], reply.Keys);
        }
    }
}
