using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Idempotency;

public sealed class RepeatedRequestsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ARepeatedCreationAnswersTheSameAndCreatesOne()
    {
        var replies = new List<Reply>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            replies.Add(await _server.SendAsync("POST", "spaces", """{"name":"once","autoConfigure":true}""", idempotencyKey: "create-1"));
        }

        Assert.All(replies, reply => Assert.Equal(replies[0], reply));
        Assert.Equal(200, replies[0].Status);
        var id = (string)(await _server.DataAsync("GET", "spaces")).AsArray().Single()!["id"]!;
        Assert.Equal(["space:created", "job:created", "job:ready"], await _server.TopicsAsync(id));
    }

    [Fact]
    public async Task CreationsWithOneKeyAtTheSameTimeCreateOne()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _server.SendAsync("POST", "spaces", """{"name":"once"}""", idempotencyKey: "same")));

        Assert.All(replies, reply => Assert.Equal(replies[0].Text, reply.Text));
        Assert.Single((await _server.DataAsync("GET", "spaces")).AsArray());
    }

    [Fact]
    public async Task AKeyUsedForAnotherRequestIsRefused()
    {
        var id = await _server.SpaceAsync();
        Assert.Equal(200, (await _server.SendAsync("POST", "spaces", """{"name":"a"}""", idempotencyKey: "k")).Status);
        Assert.Equal(422, (await _server.SendAsync("POST", "spaces", """{"name":"b"}""", idempotencyKey: "k")).Status);
        var workbook = $$"""{"name":"W","spaceId":"{{id}}"}""";
        Assert.Equal(200, (await _server.SendAsync("POST", "workbooks", workbook, idempotencyKey: "w")).Status);
        Assert.Equal(422, (await _server.SendAsync("POST", "workbooks", workbook.Replace("W", "V", StringComparison.Ordinal), idempotencyKey: "w")).Status);
        Assert.Equal(422, (await _server.SendAsync("POST", $"spaces/{id}/archive", idempotencyKey: "w")).Status);
    }

    [Fact]
    public async Task ARepeatedWorkbookIsTheSameWorkbook()
    {
        var id = await _server.SpaceAsync();
        var body = $$"""{"name":"W","spaceId":"{{id}}","sheets":[{"name":"S","fields":[]}]}""";

        var first = await _server.SendAsync("POST", "workbooks", body, idempotencyKey: "w");
        var second = await _server.SendAsync("POST", "workbooks", body, idempotencyKey: "w");

        Assert.Equal(first, second);
        Assert.Single((await _server.DataAsync("GET", $"workbooks?spaceId={id}")).AsArray());
        Assert.Equal(["space:created", "workbook:created", "sheet:created"], await _server.TopicsAsync(id));
    }

    [Fact]
    public async Task ARefusedRequestIsNotRemembered()
    {
        var id = await _server.SpaceAsync();

        Assert.Equal(400, (await _server.SendAsync("POST", "workbooks", $$"""{"name":"","spaceId":"{{id}}"}""", idempotencyKey: "w")).Status);
        Assert.Equal(200, (await _server.SendAsync("POST", "workbooks", $$"""{"name":"W","spaceId":"{{id}}"}""", idempotencyKey: "w")).Status);
        Assert.Equal(400, (await _server.SendAsync("POST", "spaces", """{"workbook":{"name":""}}""", idempotencyKey: "s")).Status);
        Assert.Equal(200, (await _server.SendAsync("POST", "spaces", """{"name":"ok"}""", idempotencyKey: "s")).Status);
    }

    [Fact]
    public async Task AnswersSurviveARestartAndTheDeletionOfTheSpace()
    {
        using var folder = new TemporaryFolder();
        Reply first;
        await using (var server = await SpacesServer.StartAsync(folder.Path))
        {
            first = await server.SendAsync("POST", "spaces", """{"name":"once"}""", idempotencyKey: "k");
        }

        await using var again = await SpacesServer.StartAsync(folder.Path);
        Assert.Equal(first, await again.SendAsync("POST", "spaces", """{"name":"once"}""", idempotencyKey: "k"));
        await again.DataAsync("DELETE", $"spaces/{first.Json["data"]!["id"]}");
        Assert.Equal(first, await again.SendAsync("POST", "spaces", """{"name":"once"}""", idempotencyKey: "k"));
        Assert.Empty((await again.DataAsync("GET", "spaces")).AsArray());
    }

    [Fact]
    public async Task AKeyIsForgottenAfterItsTime()
    {
        var time = new SteppedTime();
        await using var server = await SpacesServer.StartAsync(time: time);
        await server.SendAsync("POST", "spaces", """{"name":"a"}""", idempotencyKey: "k");

        time.Step(TimeSpan.FromDays(6.9));
        Assert.Equal(422, (await server.SendAsync("POST", "spaces", """{"name":"b"}""", idempotencyKey: "k")).Status);
        time.Step(TimeSpan.FromDays(0.2));
        Assert.Equal(200, (await server.SendAsync("POST", "spaces", """{"name":"b"}""", idempotencyKey: "k")).Status);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    public async Task KeysOfOtherFormsAreRefused(string key) =>
        Assert.Equal(400, (await _server.SendAsync("POST", "spaces", "{}", idempotencyKey: key)).Status);

    [Fact]
    public async Task AnEventPostedTwiceIsOneEvent()
    {
        const string body = """{"topic":"cron:hourly","domain":"cron","context":{},"payload":{}}""";

        Assert.Equal(await _server.SendAsync("POST", "events", body, idempotencyKey: "e"), await _server.SendAsync("POST", "events", body, idempotencyKey: "e"));
        Assert.Single((await _server.DataAsync("GET", "events?domain=cron")).AsArray());
    }
}
