using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Events;

public sealed class EventCallsTests : IAsyncLifetime
{
    private const string Always = "since=2000-01-01T00:00:00.000Z";

    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task EveryEventCarriesWhatListenersLookFor()
    {
        var space = await _server.DataAsync(
            "POST", "spaces", """{"namespace":"red","appId":"us_app_00000000","workbook":{"name":"W","namespace":"crm","sheets":[{"name":"Contacts","slug":"book/contacts","fields":[]}]}}""");

        var sheet = (await _server.DataAsync("GET", $"events?topic=sheet:created&{Always}"))[0]!;

        Assert.Matches("^us_evt_[0-9A-Za-z]{16}$", (string)sheet["id"]!);
        Assert.Equal("sheet:created", (string)sheet["topic"]!);
        Assert.Equal("sheet:created", (string)sheet["type"]!);
        Assert.Equal("sheet", (string)sheet["domain"]!);
        Assert.IsType<JsonObject>(sheet["payload"]);
        Assert.Equal("sheet(contacts)", (string)sheet["target"]!);
        Assert.Equal($"v1/events/{sheet["id"]}/ack", (string)sheet["callbackUrl"]!);
        Assert.Null(sheet["acknowledgedAt"]);
        Assert.True(sheet.AsObject().ContainsKey("acknowledgedAt"));
        Assert.Null(sheet["dataUrl"]);
        Assert.Equal(["space:red", "workbook:crm"], sheet["namespaces"]!.AsArray().Select(one => (string)one!));
        var context = sheet["context"]!;
        Assert.Equal(_server.Access.AccountId, (string)context["accountId"]!);
        Assert.Equal(_server.Access.EnvironmentId, (string)context["environmentId"]!);
        Assert.Equal((string)space["id"]!, (string)context["spaceId"]!);
        Assert.Equal((string)space["primaryWorkbookId"]!, (string)context["workbookId"]!);
        Assert.StartsWith("us_sh_", (string)context["sheetId"]!, StringComparison.Ordinal);
        Assert.Equal("book/contacts", (string)context["sheetSlug"]!);
        Assert.Equal("book/contacts", (string)context["slugs"]!["sheet"]!);
        Assert.StartsWith("us_key_", (string)context["actorId"]!, StringComparison.Ordinal);
        Assert.Equal("us_app_00000000", (string)context["appId"]!);
        Assert.True(context.AsObject().ContainsKey("precedingEventId"));
    }

    [Fact]
    public async Task SinceAnswersEverythingNewerOldestFirstAndWithoutItTheNewestPage()
    {
        for (var i = 0; i < 15; i++)
        {
            await _server.SpaceAsync();
        }

        var all = (await _server.DataAsync("GET", $"events?{Always}&domain=space")).AsArray();
        Assert.Equal(15, all.Count);
        Assert.Equal(all.Select(one => (string)one!["createdAt"]!).Order(), all.Select(one => (string)one!["createdAt"]!));
        var newest = (await _server.DataAsync("GET", "events?domain=space")).AsArray();
        Assert.Equal(10, newest.Count);
        Assert.Equal((string)all[^1]!["id"]!, (string)newest[0]!["id"]!);
        Assert.Equal(5, (await _server.DataAsync("GET", "events?domain=space&pageNumber=2")).AsArray().Count);
        Assert.Equal(3, (await _server.DataAsync("GET", $"events?{Always}&domain=space&pageSize=3")).AsArray().Count);
        Assert.Empty((await _server.DataAsync("GET", "events?since=2999-01-01T00:00:00Z")).AsArray());
        Assert.Empty((await _server.DataAsync("GET", $"events?{Always}&topic=space:*")).AsArray());
    }

    [Fact]
    public async Task AcknowledgedEventsAreHiddenUnlessAskedFor()
    {
        var space = await _server.SpaceAsync();
        var id = (string)(await _server.DataAsync("GET", $"events?spaceId={space}"))[0]!["id"]!;

        await _server.DataAsync("POST", $"events/{id}/ack");
        var first = (await _server.DataAsync("GET", $"events/{id}")).ToJsonString();
        await _server.DataAsync("POST", $"events/{id}/ack");

        Assert.Empty((await _server.DataAsync("GET", $"events?spaceId={space}")).AsArray());
        var shown = (await _server.DataAsync("GET", $"events?spaceId={space}&includeAcknowledged=true"))[0]!;
        Assert.NotNull(shown["acknowledgedAt"]);
        Assert.StartsWith("us_key_", (string)shown["acknowledgedBy"]!, StringComparison.Ordinal);
        Assert.Equal(first, (await _server.DataAsync("GET", $"events/{id}")).ToJsonString());
    }

    [Fact]
    public async Task AnEventOfAClientIsStoredLikeAnyOtherAndCannotPretend()
    {
        var space = await _server.SpaceAsync("""{"namespace":"red"}""");

        var created = await _server.DataAsync(
            "POST", "events",
            $$$"""{"topic":"space:accessed","domain":"space","context":{"spaceId":"{{{space}}}","userEmail":"a@b.ch","actorId":"us_usr_someone1","accountId":"x"},"payload":{"n":1}}""");
        var central = await _server.DataAsync("POST", "events", """{"topic":"cron:hourly","domain":"cron","context":{},"payload":{}}""");

        Assert.Equal(created.ToJsonString(), (await _server.DataAsync("GET", $"events/{created["id"]}")).ToJsonString());
        Assert.Equal("a@b.ch", (string)created["context"]!["userEmail"]!);
        Assert.Equal(_server.Access.AccountId, (string)created["context"]!["accountId"]!);
        Assert.StartsWith("us_key_", (string)created["context"]!["actorId"]!, StringComparison.Ordinal);
        Assert.Equal(1, (int)created["payload"]!["n"]!);
        Assert.Equal(central.ToJsonString(), (await _server.DataAsync("GET", $"events/{central["id"]}")).ToJsonString());
        Assert.Equal(["space:created", "space:accessed"], await _server.TopicsAsync(space));
    }

    [Theory]
    [InlineData("""{"topic":"a:b","domain":"space","context":{}}""")]
    [InlineData("""{"topic":"a:b","domain":"space","context":{},"payload":null}""")]
    [InlineData("""{"topic":"","domain":"space","context":{},"payload":{}}""")]
    [InlineData("""{"topic":"a:b","domain":"space","context":[],"payload":{}}""")]
    public async Task EventsWithoutTheirPartsAreRefused(string body) => Assert.Equal(400, (await _server.SendAsync("POST", "events", body)).Status);

    [Fact]
    public async Task TheLogWakesAReaderInTheProcess()
    {
        var position = _server.Log.Position;
        var waiting = _server.Log.WaitAsync(position, CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        var space = await _server.SpaceAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        var news = (await _server.Log.ReadAfterAsync(position, 10, CancellationToken.None)).Single();
        Assert.True(news.Position > position);
        Assert.Equal(space, (string)JsonNode.Parse(news.Body.Span)!["context"]!["spaceId"]!);
        await _server.Log.WaitAsync(position, CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var more = _server.Log.WaitAsync(_server.Log.Position, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => more);
    }

    [Fact]
    public async Task AWriteThatFailsLeavesNeitherChangeNorEvent()
    {
        var id = await _server.SpaceAsync();
        var space = await _server.SpaceFolderAsync(id);

        await Assert.ThrowsAsync<InvalidOperationException>(() => space.WriteAsync("test", write =>
        {
            var body = write.Space;
            body["name"] = "changed";
            write.StoreSpace(body);
            write.Emit(new NewEvent("space:updated", "space"));
            return Fault();
        }, CancellationToken.None));

        Assert.Equal("A space", (string)(await _server.DataAsync("GET", $"spaces/{id}"))["name"]!);
        Assert.Equal(["space:created"], await _server.TopicsAsync(id));
        await _server.DataAsync("PATCH", $"spaces/{id}", """{"name":"again"}""");
        Assert.Equal(["space:created", "space:updated"], await _server.TopicsAsync(id));

        static bool Fault() => throw new InvalidOperationException("injected");
    }

    [Fact]
    public async Task EventsOfOneSpaceKeepTheirOrderUnderParallelWrites()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _server.SpaceAsync()));

        await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 20).Select(n => _server.DataAsync("PATCH", $"spaces/{id}", $$"""{"displayOrder":{{n}}}"""))));

        await _server.DataAsync("GET", $"events?{Always}");
        var log = await _server.Log.ReadAfterAsync(0, 10_000, CancellationToken.None);
        foreach (var id in ids)
        {
            var sequences = log.Select(one => JsonNode.Parse(one.Body.Span)!).Where(one => (string?)one["context"]!["spaceId"] == id)
                .Select(one => Flatfile.Spaces.Ids.EventId.TryParse((string)one["id"]!, out _, out var sequence) ? sequence : -1).ToList();
            Assert.Equal(Enumerable.Range(1, 21).Select(one => (long)one), sequences);
        }
    }
}
