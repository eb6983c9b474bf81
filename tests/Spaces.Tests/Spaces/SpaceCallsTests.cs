using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Spaces;

public sealed class SpaceCallsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task EverySupersetMemberOfTheGuideComesBack()
    {
        const string body =
            """
            {"name":"Q3 import","description":"Third quarter","guestAccess":true,"allowedDomains":["@yourcompany.com"],"guestRole":"editor",
             "guestSettings":{"requireEmail":true},"theme":{"primaryColor":"#123456"},"messages":{"welcome":"Grüezi, 世界"},
             "workflow":{"steps":[{"id":"upload"}]},"users":[{"email":"a@b.ch","role":"admin"}],"metadata":{"projectId":7},"labels":["x"],
             "somethingNew":{"kept":[1,2]}}
            """;

        var created = await _server.DataAsync("POST", "spaces", body);
        var read = await _server.DataAsync("GET", $"spaces/{created["id"]}");

        Assert.Equal(created.ToJsonString(), read.ToJsonString());
        Assert.Matches("^us_sp_[0-9A-Za-z]{8}$", (string)read["id"]!);
        foreach (var (member, value) in JsonNode.Parse(body)!.AsObject())
        {
            if (member is not ("users" or "metadata" or "workflow"))
            {
                Assert.True(JsonNode.DeepEquals(value, read[member]), $"{member}: {read[member]}");
            }
        }

        Assert.Equal(7, (int)read["metadata"]!["projectId"]!);
        Assert.Equal("#123456", (string)read["metadata"]!["theme"]!["primaryColor"]!);
        Assert.Equal("Grüezi, 世界", (string)read["metadata"]!["messages"]!["welcome"]!);
        Assert.Equal(["shared_link", "magic_link"], read["guestAuthentication"]!.AsArray().Select(one => (string)one!));
        Assert.Equal("admin", (string)read["users"]![0]!["role"]!);
        Assert.StartsWith("us_usr_", (string)read["users"]![0]!["id"]!, StringComparison.Ordinal);
        Assert.Equal("upload", (string)read["workflow"]!["currentStep"]!);
        Assert.Equal("created", (string)read["status"]!);
        Assert.Contains($"space/{read["id"]}?token=link_", (string)read["guestLink"]!, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)read["createdAt"]!);
    }

    [Fact]
    public async Task ASpaceWithoutGuestsHasNoLink()
    {
        var space = await _server.DataAsync("POST", "spaces", """{"guestAccess":false}""");

        Assert.Empty(space["guestAuthentication"]!.AsArray());
        Assert.Null(space["guestLink"]);
        Assert.Equal("New space", (string)space["name"]!);
    }

    [Fact]
    public async Task AutoConfigureStartsTheJobAfterTheSpaceIsAnnounced()
    {
        var id = await _server.SpaceAsync("""{"name":"x","autoConfigure":true,"namespace":"red","metadata":{"a":1}}""");

        Assert.Equal(["space:created", "job:created", "job:ready"], await _server.TopicsAsync(id));
        var events = (await _server.DataAsync("GET", $"events?spaceId={id}&since=2000-01-01T00:00:00Z")).AsArray();
        Assert.Equal("created", (string)events[1]!["payload"]!["status"]!);
        var ready = events[2]!;
        Assert.Equal("space:configure", (string)ready["payload"]!["job"]!);
        Assert.Equal("ready", (string)ready["payload"]!["status"]!);
        Assert.Equal(id, (string)ready["context"]!["spaceId"]!);
        Assert.StartsWith("us_jb_", (string)ready["context"]!["jobId"]!, StringComparison.Ordinal);
        Assert.Equal("space:red", (string)ready["namespaces"]![0]!);
        Assert.Equal("space:red", (string)ready["context"]!["namespaces"]![0]!);
        var first = events[0]!;
        Assert.Equal("space:created", (string)first["context"]!["eventType"]!);
        Assert.Equal(1, (int)first["context"]!["metadata"]!["a"]!);
        Assert.Equal((string)first["context"]!["actorId"]!, (string)first["context"]!["userId"]!);
    }

    [Fact]
    public async Task AnInlineWorkbookBecomesPrimaryAndTheSpaceConfigured()
    {
        var space = await _server.DataAsync(
            "POST", "spaces", """{"name":"x","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}}""");

        Assert.StartsWith("us_wb_", (string)space["primaryWorkbookId"]!, StringComparison.Ordinal);
        Assert.Equal("configured", (string)space["status"]!);
        Assert.Equal(1, (int)space["workbooksCount"]!);
        Assert.Equal(["space:created", "workbook:created", "sheet:created", "space:configured"], await _server.TopicsAsync((string)space["id"]!));
    }

    [Fact]
    public async Task AnInlineWorkbookWithFaultsLeavesNoSpace()
    {
        var reply = await _server.SendAsync("POST", "spaces", """{"name":"x","workbook":{"name":"W","sheets":[{"name":"S","fields":[{"key":"a","type":"text"}]}]}}""");

        Assert.Equal(400, reply.Status);
        Assert.Equal("sheets[0].fields[0].type", reply.Keys.Single());
        Assert.Empty((await _server.DataAsync("GET", "spaces")).AsArray());
        Assert.Empty(Directory.GetDirectories(Path.Combine(_server.Folder, "spaces")));
        Assert.Empty((await _server.DataAsync("GET", "events?domain=space&includeAcknowledged=true")).AsArray());
    }

    [Fact]
    public async Task APatchTouchesOnlyWhatIsPresent()
    {
        var id = await _server.SpaceAsync("""{"name":"x","description":"d","labels":["a"]}""");

        var space = await _server.DataAsync(
            "PATCH", $"spaces/{id}", """{"name":null,"description":null,"displayOrder":3,"id":"us_sp_00000000","createdAt":"1999-01-01T00:00:00Z","workbooksCount":9}""");

        Assert.Equal("x", (string)space["name"]!);
        Assert.Null(space["description"]);
        Assert.Equal("a", (string)space["labels"]![0]!);
        Assert.Equal(3, (int)space["displayOrder"]!);
        Assert.Equal(id, (string)space["id"]!);
        Assert.NotEqual(1999, DateTimeOffset.Parse((string)space["createdAt"]!).Year);
        Assert.Equal(0, (int)space["workbooksCount"]!);
        Assert.Equal(["space:created", "space:updated"], await _server.TopicsAsync(id));
    }

    [Fact]
    public async Task CompletingSetsTheTimeAndLeavingClearsIt()
    {
        var id = await _server.SpaceAsync();

        var completed = await _server.DataAsync("PATCH", $"spaces/{id}", """{"status":"completed"}""");
        Assert.Equal("completed", (string)completed["status"]!);
        Assert.NotNull(completed["completedAt"]);
        var left = await _server.DataAsync("PATCH", $"spaces/{id}", """{"status":"configured"}""");
        Assert.Null(left["completedAt"]);
        Assert.Equal(["space:created", "space:updated", "space:completed", "space:updated"], await _server.TopicsAsync(id));
        Assert.Equal(400, (await _server.SendAsync("PATCH", $"spaces/{id}", """{"status":"archived"}""")).Status);
    }

    [Fact]
    public async Task ArchivingTwiceIsAnnouncedOnce()
    {
        var id = await _server.SpaceAsync();

        await _server.DataAsync("POST", $"spaces/{id}/archive");
        await _server.DataAsync("POST", $"spaces/{id}/archive");
        Assert.Equal("archived", (string)(await _server.DataAsync("GET", $"spaces/{id}"))["status"]!);
        Assert.Empty((await _server.DataAsync("GET", "spaces?archived=false")).AsArray());
        Assert.Single((await _server.DataAsync("GET", "spaces?status=archived")).AsArray());
        await _server.DataAsync("POST", $"spaces/{id}/unarchive");
        Assert.Equal("created", (string)(await _server.DataAsync("GET", $"spaces/{id}"))["status"]!);
        Assert.Equal(["space:created", "space:archived", "space:unarchived"], await _server.TopicsAsync(id));
    }

    [Fact]
    public async Task DeletingRemovesTheFolderAndTheSpace()
    {
        var id = await _server.SpaceAsync("""{"name":"x","workbook":{"name":"W"}}""");
        var workbook = (string)(await _server.DataAsync("GET", $"spaces/{id}"))["primaryWorkbookId"]!;
        var folder = Path.Combine(_server.Folder, "spaces", id);
        Assert.True(Directory.Exists(folder));

        await _server.DataAsync("DELETE", $"spaces/{id}");

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_server.Folder, "spaces")));
        Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{id}")).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"workbooks/{workbook}")).Status);
        Assert.Equal(404, (await _server.SendAsync("DELETE", $"spaces/{id}")).Status);
        Assert.Empty((await _server.DataAsync("GET", "spaces")).AsArray());
        var last = (await _server.DataAsync("GET", $"events?spaceId={id}&topic=space:deleted"))[0]!;
        Assert.Equal(workbook, (string)last["context"]!["workbookId"]!);
        Assert.Equal(["space:created", "workbook:created", "space:configured", "space:deleted"], await _server.TopicsAsync(id));
    }

    [Fact]
    public async Task BulkDeletionLooksAtAllIdsBeforeTheFirstSpaceGoes()
    {
        var first = await _server.SpaceAsync();
        var second = await _server.SpaceAsync();

        Assert.Equal(404, (await _server.SendAsync("DELETE", $"spaces?spaceIds={first}&spaceIds=us_sp_zzzzzzzz")).Status);
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{first}")).Status);
        Assert.Equal(400, (await _server.SendAsync("DELETE", "spaces")).Status);
        await _server.DataAsync("DELETE", $"spaces?spaceIds={first}&spaceIds={second}");
        Assert.Empty((await _server.DataAsync("GET", "spaces")).AsArray());
    }

    [Theory]
    [InlineData("", "c,b,a")]
    [InlineData("sortField=name", "a,b,c")]
    [InlineData("sortField=name&sortDirection=desc", "c,b,a")]
    [InlineData("sortField=createdAt&sortDirection=asc", "a,b,c")]
    [InlineData("search=B", "b")]
    [InlineData("namespace=red", "a")]
    [InlineData("pageSize=2&pageNumber=2&sortField=name", "c")]
    [InlineData("pageSize=2&pageNumber=9", "")]
    [InlineData("isAppTemplate=true", "c")]
    [InlineData("appId=us_app_1", "b")]
    [InlineData("updatedBefore=2001-01-01T00:00:00Z", "")]
    [InlineData("updatedBefore=2901-01-01T00:00:00Z&sortField=name", "a,b,c")]
    [InlineData("search=%25", "")]
    public async Task ListsAreFilteredSortedAndPaged(string query, string expected)
    {
        await _server.SpaceAsync("""{"name":"a","namespace":"red"}""");
        await _server.SpaceAsync("""{"name":"b","appId":"us_app_1"}""");
        await _server.SpaceAsync("""{"name":"c","isAppTemplate":true}""");

        var reply = await _server.SendAsync("GET", $"spaces?{query}");

        Assert.Equal(expected, string.Join(',', reply.Json["data"]!.AsArray().Select(one => (string)one!["name"]!)));
        Assert.NotNull(reply.Json["pagination"]!["totalCount"]);
    }

    [Theory]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=1000000000")]
    [InlineData("pageNumber=-1")]
    [InlineData("pageNumber=x")]
    [InlineData("archived=maybe")]
    [InlineData("sortField=body")]
    [InlineData("sortDirection=up")]
    [InlineData("updatedBefore=yesterday")]
    public async Task QueriesOutOfRangeAreRefusedByName(string query)
    {
        var reply = await _server.SendAsync("GET", $"spaces?{query}");

        Assert.Equal(400, reply.Status);
        Assert.Equal(query[..query.IndexOf('=', StringComparison.Ordinal)], reply.Keys.Single());
    }

    [Theory]
    [InlineData("""{"name":7}""", 400)]
    [InlineData("""{"name":" "}""", 400)]
    [InlineData("""{"labels":"x"}""", 400)]
    [InlineData("""{"users":[{"email":"a@b.ch","role":"king"}]}""", 400)]
    [InlineData("""{"primaryWorkbookId":"us_wb_zzzzzzzz"}""", 400)]
    [InlineData("""{"environmentId":"us_env_zzzzzzzz"}""", 404)]
    [InlineData("""[]""", 400)]
    [InlineData("""{"name":"a","name":"b"}""", 400)]
    public async Task FaultyBodiesCreateNothing(string body, int status)
    {
        var reply = await _server.SendAsync("POST", "spaces", body);

        Assert.Equal(status, reply.Status);
        Assert.False(string.IsNullOrEmpty(reply.Message));
        Assert.Empty((await _server.DataAsync("GET", "spaces")).AsArray());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_server.Folder, "spaces")));
    }

    [Fact]
    public async Task ASpaceWithoutMembersHasAnEmptyListOfThem()
    {
        var space = await _server.SpaceAsync();

        Assert.Empty((await _server.DataAsync("GET", $"spaces/{space}"))["users"]!.AsArray());
        Assert.Empty((await _server.DataAsync("PATCH", $"spaces/{space}", """{"name":"Renamed"}"""))["users"]!.AsArray());
        Assert.All((await _server.DataAsync("GET", "spaces")).AsArray(), one => Assert.Empty(one!["users"]!.AsArray()));
    }

    [Fact]
    public async Task ASpaceWithoutNamespaceHasThatOfItsApp()
    {
        var app = (string)(await _server.DataAsync("POST", "apps", """{"name":"An app","namespace":"blue","type":"CUSTOM"}"""))["id"]!;
        var inherits = await _server.SpaceAsync($$"""{"name":"a","appId":"{{app}}"}""");
        var own = await _server.SpaceAsync($$"""{"name":"b","appId":"{{app}}","namespace":"red"}""");
        var none = await _server.SpaceAsync();

        Assert.Equal("space:blue", await NamespacesAsync(inherits));
        Assert.Equal("space:red", await NamespacesAsync(own));
        Assert.Equal("", await NamespacesAsync(none));
        Assert.Equal(inherits, (string?)Assert.Single((await _server.DataAsync("GET", "spaces?namespace=blue")).AsArray())!["id"]);

        await _server.DataAsync("PATCH", $"spaces/{none}", $$"""{"appId":"{{app}}"}""");
        Assert.Equal("space:blue", await NamespacesAsync(none));
        await _server.DataAsync("PATCH", $"spaces/{none}", """{"appId":null}""");
        Assert.Equal("", await NamespacesAsync(none));
    }

    /// <summary>Of the newest event of a space.</summary>
    private async Task<string> NamespacesAsync(string space)
    {
        var newest = (await _server.DataAsync("GET", $"events?spaceId={space}&since=2000-01-01T00:00:00Z")).AsArray()[^1]!;
        Assert.Equal(newest["namespaces"]!.ToJsonString(), newest["context"]!["namespaces"]!.ToJsonString());
        return string.Join(' ', newest["namespaces"]!.AsArray());
    }

    [Fact]
    public async Task OneSpaceStandsAtTheTopOfItsAnswerToo()
    {
        var created = (await _server.SendAsync("POST", "spaces", """{"name":"A","data":"own"}""")).Json;
        var id = (string)created["data"]!["id"]!;
        var read = (await _server.SendAsync("GET", $"spaces/{id}")).Json;
        var changed = (await _server.SendAsync("PATCH", $"spaces/{id}", """{"name":"B"}""")).Json;

        Assert.Equal([id, id, id], new[] { created, read, changed }.Select(one => (string?)one["id"]));
        Assert.Equal("B", (string?)changed["name"]);
        Assert.Equal(read["data"]!.AsObject().Count, read.AsObject().Count);
    }

    [Fact]
    public async Task AThemeTakenAwayIsGoneFromTheMetadataToo()
    {
        var space = await _server.SpaceAsync("""{"name":"A","theme":{"primaryColor":"#123456"},"messages":{"welcome":"Hi"},"metadata":{"own":1}}""");

        var changed = await _server.DataAsync("PATCH", $"spaces/{space}", """{"theme":null,"messages":null}""");

        Assert.Null(changed["theme"]);
        Assert.Equal("""{"own":1}""", changed["metadata"]!.ToJsonString());
    }
}
