using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Storage;

/// <summary>SQLite's own page limit stands in for a full disk: the same error at the same place.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task AFullDiskIsSaidAndNothingIsHalfDone()
    {
        await using var server = await SpacesServer.StartAsync();
        var id = await server.SpaceAsync();
        var space = await server.SpaceFolderAsync(id);
        await LimitAsync(space, 1);
        var large = "{\"name\":\"large\",\"metadata\":{\"x\":\"" + new string('x', 500_000) + "\"}}";

        var reply = await server.SendAsync("PATCH", $"spaces/{id}", large);

        Assert.Equal(507, reply.Status);
        Assert.Contains("disk is full", reply.Message, StringComparison.Ordinal);
        Assert.Equal("A space", (string)(await server.DataAsync("GET", $"spaces/{id}"))["name"]!);
        Assert.Equal(["space:created"], await server.TopicsAsync(id));
        await LimitAsync(space, 1_000_000);
        Assert.Equal(200, (await server.SendAsync("PATCH", $"spaces/{id}", large)).Status);
        Assert.Equal(["space:created", "space:updated"], await server.TopicsAsync(id));
    }

    [Fact]
    public async Task EveryKindOfWriteSaysSoAndTheNextOneWorks()
    {
        await using var server = await SpacesServer.StartAsync();
        var id = await server.SpaceAsync("""{"name":"A","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}}""");
        var sheet = (string)(await server.DataAsync("GET", $"workbooks?spaceId={id}"))[0]!["sheets"]![0]!["id"]!;
        var space = await server.SpaceFolderAsync(id);
        var text = new string('x', 400_000);
        (string Method, string Path, string Body)[] writes =
        [
            ("POST", $"sheets/{sheet}/records", $$$"""[{"a":{"value":"{{{text}}}"}}]"""),
            ("POST", "jobs", $$$"""{"type":"space","operation":"go","source":"{{{id}}}","input":{"x":"{{{text}}}"} }"""),
            ("POST", $"spaces/{id}/documents", $$"""{"title":"T","body":"{{text}}"}"""),
            ("POST", "workbooks", $$"""{"name":"{{text}}","spaceId":"{{id}}"}"""),
        ];
        var before = await server.TopicsAsync(id);
        await LimitAsync(space, 1);
        foreach (var (method, path, body) in writes)
        {
            var reply = await server.SendAsync(method, path, body);
            Assert.True(reply.Status == 507, $"{path}: {reply.Status} {reply.Text[..Math.Min(200, reply.Text.Length)]}");
        }

        Assert.Equal(before, await server.TopicsAsync(id));
        await LimitAsync(space, 1_000_000);
        foreach (var (method, path, body) in writes)
        {
            Assert.Equal(200, (await server.SendAsync(method, path, body)).Status);
        }
    }

    private static Task LimitAsync(SpaceFolder space, int pages) =>
        space.WriteAsync("test", write => write.Connection.Scalar($"PRAGMA max_page_count={pages}"), CancellationToken.None);
}
