using System.Text;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Secrets;

public class SecretCallsTests
{
    [Fact]
    public async Task TheSpecialOneComesAfterTheGeneralOne()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        await WriteAsync(server, $$"""{"name":"k","value":"actor in space","spaceId":"{{space}}","actorId":"us_usr_1"}""");
        await WriteAsync(server, """{"name":"k","value":"actor","actorId":"us_usr_1"}""");
        await WriteAsync(server, $$"""{"name":"k","value":"space","spaceId":"{{space}}"}""");
        await WriteAsync(server, """{"name":"k","value":"environment"}""");
        await WriteAsync(server, """{"name":"k","value":"other actor","actorId":"us_usr_2"}""");

        Assert.Equal(["environment", "space", "actor", "actor in space"], await ValuesAsync(server, $"secrets?spaceId={space}&actorId=us_usr_1"));
        Assert.Equal(["environment", "space"], await ValuesAsync(server, $"secrets?environmentId={server.Access.EnvironmentId}&spaceId={space}"));
        Assert.Equal(["environment"], await ValuesAsync(server, "secrets"));
    }

    [Fact]
    public async Task WritingAgainReplacesAndDeletingRemoves()
    {
        await using var server = await SpacesServer.StartAsync();

        var first = await WriteAsync(server, """{"name":"k","value":"one"}""");
        var second = await WriteAsync(server, """{"name":"k","value":"two"}""");
        Assert.Equal(first, second);
        Assert.Equal(["two"], await ValuesAsync(server, "secrets"));
        Assert.Empty((await server.DataAsync("DELETE", $"secrets/{first}")).AsArray());

        Assert.Empty(await ValuesAsync(server, "secrets"));
        Assert.Equal(404, (await server.SendAsync("DELETE", $"secrets/{first}")).Status);
        var events = (await server.DataAsync("GET", "events?domain=secret&since=2000-01-01T00:00:00Z")).AsArray();
        Assert.Equal(["secret:created", "secret:updated", "secret:deleted"], events.Select(one => (string?)one!["topic"]));
        Assert.All(events, one => Assert.Equal("""{"name":"k"}""", one!["payload"]!.ToJsonString()));
    }

    [Fact]
    public async Task AValueIsInTheSecretAndNowhereElse()
    {
        const string value = "sesame-4711-open";
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var body = $$"""{"name":"k","value":"{{value}}","spaceId":"{{space}}"}""";

        var first = await server.SendAsync("POST", "secrets", body, idempotencyKey: "once");
        var repeat = await server.SendAsync("POST", "secrets", body, idempotencyKey: "once");

        Assert.Equal(first.Text, repeat.Text);
        Assert.DoesNotContain(value, (await server.SendAsync("GET", $"events?since=2000-01-01T00:00:00Z")).Text);
        var id = (string?)first.Json["data"]![0]!["id"];
        await server.DataAsync("DELETE", $"secrets/{id}");
        var rows = await server.Service<CentralStore>().ReadAsync(Everything, CancellationToken.None);
        Assert.DoesNotContain(value, rows);
    }

    [Fact]
    public async Task SecretsOfASpaceGoWithIt()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        await WriteAsync(server, $$"""{"name":"k","value":"v","spaceId":"{{space}}"}""");

        await server.DataAsync("DELETE", $"spaces/{space}");

        Assert.Equal(0, await server.Service<CentralStore>().ReadAsync(connection => connection.Number("SELECT count(*) FROM secrets"), CancellationToken.None));
    }

    [Fact]
    public async Task AnotherEnvironmentNeitherSeesNorDeletesNorOverwrites()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var id = await WriteAsync(server, """{"name":"k","value":"mine"}""");
        var (environment, stranger) = await server.OtherEnvironmentAsync();

        Assert.Empty((await server.DataAsync("GET", "secrets", client: stranger)).AsArray());
        Assert.Equal(404, (await server.SendAsync("GET", $"secrets?environmentId={server.Access.EnvironmentId}", client: stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("GET", $"secrets?spaceId={space}", client: stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("DELETE", $"secrets/{id}", client: stranger)).Status);
        using var own = await server.SecretKeyAsync(server.Access.EnvironmentId);
        Assert.Equal(404, (await server.SendAsync("POST", "secrets", $$"""{"name":"k","value":"x","environmentId":"{{environment}}"}""", own)).Status);
        await server.DataAsync("POST", "secrets", """{"name":"k","value":"theirs"}""", stranger);
        Assert.Equal(["mine"], await ValuesAsync(server, "secrets"));
    }

    [Theory]
    [InlineData("""{"value":"v"}""", "name")]
    [InlineData("""{"name":"","value":"v"}""", "name")]
    [InlineData("""{"name":"k"}""", "value")]
    [InlineData("""{"name":"k","value":""}""", "value")]
    [InlineData("""{"name":"k","value":7}""", "value")]
    public async Task ASecretNeedsNameAndValue(string body, string key)
    {
        await using var server = await SpacesServer.StartAsync();

        var reply = await server.SendAsync("POST", "secrets", body);

        Assert.Equal(400, reply.Status);
        Assert.Equal([key], reply.Keys);
    }

    [Theory]
    [InlineData(1024, 200)]
    [InlineData(1025, 400)]
    public async Task AValueHasUpTo1024Characters(int length, int status)
    {
        await using var server = await SpacesServer.StartAsync();

        Assert.Equal(status, (await server.SendAsync("POST", "secrets", $$"""{"name":"k","value":"{{new string('x', length)}}"}""")).Status);
    }

    private static async Task<string> WriteAsync(SpacesServer server, string body) => (string)(await server.DataAsync("POST", "secrets", body))[0]!["id"]!;

    private static async Task<string[]> ValuesAsync(SpacesServer server, string path) =>
        [.. (await server.DataAsync("GET", path)).AsArray().Select(secret => (string)secret!["value"]!)];

    private static string Everything(SqliteConnection connection)
    {
        var text = new StringBuilder();
        foreach (var query in new[] { "SELECT body FROM secrets", "SELECT CAST(body AS TEXT) FROM events", "SELECT CAST(answer AS TEXT) FROM idempotency" })
        {
            text.AppendJoin('\n', connection.Rows(query, row => row.Text(0)));
        }

        return text.ToString();
    }
}
