using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Documents;

public class DocumentCallsTests
{
    [Fact]
    public async Task ADocumentIsCreatedReadChangedListedAndDeleted()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var made = await server.DataAsync("POST", $"spaces/{space}/documents", """{"title":"Start","body":"# Hi","treatments":["ephemeral"],"actions":[{"label":"Go","operation":"go"}],"extra":1}""");
        var id = (string)made["id"]!;
        var changed = await server.DataAsync("PATCH", $"spaces/{space}/documents/{id}", """{"title":null,"body":"","treatments":null}""");

        Assert.StartsWith("us_dc_", id);
        Assert.Equal(space, (string?)made["spaceId"]);
        Assert.Equal("go", (string?)made["actions"]![0]!["operation"]);
        Assert.Equal(1, (int)made["extra"]!);
        Assert.Equal("Start", (string?)changed["title"]);
        Assert.Equal("", (string?)changed["body"]);
        Assert.Null(changed["treatments"]);
        Assert.Equal(changed.ToJsonString(), (await server.DataAsync("GET", $"spaces/{space}/documents/{id}")).ToJsonString());
        Assert.Single((await server.DataAsync("GET", $"spaces/{space}/documents")).AsArray());
        await server.DataAsync("DELETE", $"spaces/{space}/documents/{id}");
        Assert.Empty((await server.DataAsync("GET", $"spaces/{space}/documents")).AsArray());
        Assert.Equal(["space:created", "document:created", "document:updated", "document:deleted"], await server.TopicsAsync(space));
    }

    [Theory]
    [InlineData("{}", "title", "body")]
    [InlineData("""{"title":" ","body":"x"}""", "title")]
    [InlineData("""{"title":"x","body":7}""", "body")]
    public async Task AllThatIsMissingIsNamedAtOnce(string body, params string[] keys)
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var reply = await server.SendAsync("POST", $"spaces/{space}/documents", body);

        Assert.Equal(400, reply.Status);
        Assert.Equal(keys, reply.Keys);
    }

    [Fact]
    public async Task ADocumentIsNotFoundThroughAnotherSpaceOrEnvironment()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var other = await server.SpaceAsync();
        var (_, stranger) = await server.OtherEnvironmentAsync();
        var id = (string?)(await server.DataAsync("POST", $"spaces/{space}/documents", """{"title":"t","body":"b"}"""))["id"];


        // Numbers count per space, so this one has the same number there.
        await server.DataAsync("POST", $"spaces/{other}/documents", """{"title":"other","body":"b"}""");

        Assert.Equal(404, (await server.SendAsync("GET", $"spaces/{other}/documents/{id}")).Status);
        Assert.Equal(404, (await server.SendAsync("DELETE", $"spaces/{other}/documents/{id}")).Status);
        Assert.Equal(404, (await server.SendAsync("GET", $"spaces/{space}/documents/{id}", client: stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("PATCH", $"spaces/{space}/documents/us_dc_00000000", """{"title":"x"}""")).Status);
    }
}
