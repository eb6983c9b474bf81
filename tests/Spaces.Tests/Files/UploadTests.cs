using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Flatfile.Api;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Files;

public class UploadTests
{
    [Fact]
    public async Task AnUploadIsStoredWithSizeAndHashAndAnnouncedOnce()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var file = await server.UploadAsync(space, "Größe.CSV", "a,b\n");

        Assert.Equal("Größe.CSV", (string?)file["name"]);
        Assert.Equal("csv", (string?)file["ext"]);
        Assert.Equal("text/csv", (string?)file["mimetype"]);
        Assert.Equal("complete", (string?)file["status"]);
        Assert.Equal("import", (string?)file["mode"]);
        Assert.Equal(4, (int)file["size"]!);
        Assert.Equal(4, (int)file["bytesReceived"]!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("a,b\n"u8)), (string?)file["sha256"]);
        Assert.Equal(["space:created", "file:created", "space:file:uploaded"], await server.TopicsAsync(space));
        var created = Assert.Single(await server.EventsAsync(space, "file:created"));
        Assert.Equal((string?)file["id"], (string?)created["context"]!["fileId"]);
        Assert.Equal("space(*)", (string?)created["target"]);
        var uploaded = Assert.Single(await server.EventsAsync(space, "space:file:uploaded"));
        Assert.Equal("Größe.CSV", (string?)uploaded["context"]!["fileName"]);
        Assert.Equal(4, (int)uploaded["context"]!["fileSize"]!);
    }

    [Fact]
    public async Task FieldsMayFollowTheFile()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var reply = await server.FormAsync(
        [
            ("file", "a.csv", "a"), ("spaceId", null, space), ("mode", null, "export"), ("origin", null, "box"),
            ("actions", null, """{"label":"One","operation":"one"}"""), ("actions", null, """{"label":"Two"}"""),
        ]);

        var file = reply.Json["data"]!;
        Assert.Equal("export", (string?)file["mode"]);
        Assert.Equal("box", (string?)file["origin"]);
        Assert.Equal(["One", "Two"], file["actions"]!.AsArray().Select(action => (string?)action!["label"]));
        Assert.Equal(["space:created", "file:created"], await server.TopicsAsync(space));
    }

    [Theory]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData(@"..\..\boot.ini", "boot.ini")]
    [InlineData(@"C:\data\a.csv", "a.csv")]
    [InlineData("/etc/cron.d/x", "x")]
    [InlineData("..", "file")]
    [InlineData(".", "file")]
    [InlineData("a/", "file")]
    [InlineData("", "file")]
    [InlineData("nul", "nul")]
    [InlineData("a\u0001b.csv", "ab.csv")]
    [InlineData("<script>.csv", "<script>.csv")]
    [InlineData("..%2f..%2fx.csv", "..%2f..%2fx.csv")]
    public async Task ANameIsALabelAndNeverAPath(string sent, string stored)
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var file = await server.UploadAsync(space, sent);

        Assert.Equal(stored, (string?)file["name"]);
        Assert.Matches(@"[\\/]files[\\/]\d+$", Assert.Single(server.Bytes()));
        Assert.Equal("a,b\n1,2\n", await server.Client.GetStringAsync($"files/{file["id"]}/download"));
    }

    [Fact]
    public async Task ATooLargeFileIsRefusedAndLeavesNothing()
    {
        await using var server = await SpacesServer.StartAsync(configure: o => o.MaxFileBytes = 1000);
        var space = await server.SpaceAsync();

        var reply = await server.FormAsync([("spaceId", null, space), ("file", "a.csv", new string('x', 1001))]);

        Assert.Equal(413, reply.Status);
        Assert.Contains("1000 bytes", reply.Message);
        Assert.Empty(server.Bytes());
        Assert.Equal(["space:created"], await server.TopicsAsync(space));
        Assert.Equal(1000, (int)(await server.UploadAsync(space, content: new string('x', 1000)))["size"]!);
    }

    [Fact]
    public async Task AFileFarTooLargeIsRefusedBeforeItIsRead()
    {
        await using var server = await SpacesServer.StartAsync(configure: o => o.MaxFileBytes = 1000);
        var space = await server.SpaceAsync();

        var reply = await server.FormAsync([("spaceId", null, space), ("file", "a.csv", new string('x', 6_000_000))]);

        Assert.Equal(413, reply.Status);
        Assert.Empty(server.Bytes());
    }

    [Theory]
    [InlineData("mode", "both")]
    [InlineData("origin", "elsewhere")]
    [InlineData("actions", "{")]
    [InlineData("actions", "[]")]
    public async Task AWrongFieldIsNamedAndNothingIsStored(string part, string value)
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var reply = await server.FormAsync([("spaceId", null, space), ("file", "a.csv", "a"), (part, null, value)]);

        Assert.Equal(400, reply.Status);
        Assert.Empty(server.Bytes());
    }

    [Fact]
    public async Task WhatIsMissingIsNamed()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        Assert.Equal(["spaceId"], (await server.FormAsync([("file", "a.csv", "a")])).Keys);
        Assert.Equal(["file"], (await server.FormAsync([("spaceId", null, space)])).Keys);
        Assert.Equal(["file"], (await server.FormAsync([("spaceId", null, space), ("file", "a", "1"), ("file", "b", "2")])).Keys);
        Assert.Equal(415, (await server.SendAsync("POST", "files", "{}")).Status);
        Assert.Empty(server.Bytes());
    }

    [Fact]
    public async Task AFormThatIsCutOffIsRefused()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();

        var reply = await server.FormAsync([("spaceId", null, space), ("file", "a.csv", "half")], whole: false);

        Assert.Equal(400, reply.Status);
        Assert.Contains("not whole", reply.Message);
        Assert.Empty(server.Bytes());
        Assert.Empty((await server.DataAsync("GET", $"files?spaceId={space}")).AsArray());
    }

    [Fact]
    public async Task AnUnknownSpaceOrEnvironmentIsNotFound()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var (environment, stranger) = await server.OtherEnvironmentAsync();

        Assert.Equal(404, (await server.FormAsync([("spaceId", null, "us_sp_00000000"), ("file", "a", "1")])).Status);
        Assert.Equal(404, (await server.FormAsync([("spaceId", null, space), ("environmentId", null, environment), ("file", "a", "1")])).Status);
        Assert.Equal(404, (await server.FormAsync([("file", "a", "1"), ("spaceId", null, space)], client: stranger)).Status);
        Assert.Empty(server.Bytes());
    }

    [Fact]
    public async Task ARepeatWithTheSameKeyIsTheSameFileAlthoughItsBoundaryDiffers()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        (string, string?, string)[] form = [("spaceId", null, space), ("file", "a.csv", "a")];

        var first = await server.FormAsync(form, "k1");
        var repeat = await server.FormAsync(form, "k1");
        var other = await server.FormAsync([("spaceId", null, space), ("file", "a.csv", "b")], "k1");

        Assert.Equal(first.Text, repeat.Text);
        Assert.Equal(422, other.Status);
        Assert.Single(server.Bytes());
        Assert.Single(await server.EventsAsync(space, "file:created"));
    }

    [Fact]
    public async Task AClientThatGoesAwayLeavesNothing()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var head = $"POST /v1/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Access.DevelopmentKey}\r\n"
            + "Content-Type: multipart/form-data; boundary=bb\r\nContent-Length: 100000\r\n\r\n"
            + $"--bb\r\nContent-Disposition: form-data; name=\"spaceId\"\r\n\r\n{space}\r\n"
            + "--bb\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + new string('x', 5000);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await Until(() => server.Bytes().Length == 1, "the upload to begin");

        socket.Client.Close(0);

        await Until(() => server.Bytes().Length == 0, "the half file to be removed");
        Assert.Equal(["space:created"], await server.TopicsAsync(space));
    }

    [Fact]
    public async Task WhatACrashLeftIsRemovedAtTheNextStart()
    {
        using var folder = new TemporaryFolder();
        string space;
        string kept;
        await using (var server = await SpacesServer.StartAsync(folder.Path))
        {
            space = await server.SpaceAsync();
            await server.UploadAsync(space, content: "kept");
            kept = Assert.Single(server.Bytes());
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "uploads", "half"), "x");
            await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(kept)!, "99999"), "x");
            await server.Service<Flatfile.Spaces.Storage.CentralStore>().WriteAsync(
                "", "", change => Flatfile.Spaces.Storage.Sql.Execute(change.Connection, "CREATE TRIGGER crash BEFORE UPDATE ON runs BEGIN SELECT RAISE(IGNORE); END"), CancellationToken.None);
        }

        await using var again = await SpacesServer.StartAsync(folder.Path);

        Assert.Equal([kept], again.Bytes());
    }

    private static async Task Until(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            Assert.True(!limit.IsCancellationRequested, $"Waited 20 s for {what}.");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
