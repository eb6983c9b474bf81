using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Exchange;

public sealed class ExportImportTests
{
    private const string Cell = "cell:us_sp_";

    [Fact]
    public async Task ASpaceExportedImportedAndExportedAgainIsEqualInEverything()
    {
        await using var server = await SpacesServer.StartAsync();
        var old = await RichSpace.BuildAsync(server);
        var first = await server.ExportAsync(old);

        var imported = await server.ImportAsync(first);
        Assert.True(imported.Status == 200, imported.Text);
        var copy = (string)imported.Json["data"]!["id"]!;
        var second = await server.ExportAsync(copy);

        Assert.NotEqual(old, copy);
        var (before, after) = (Archives.Entries(first), Archives.Entries(second));
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before.Keys.Where(name => name.StartsWith("files/", StringComparison.Ordinal)), name => Assert.Equal(before[name], after[name]));
        Assert.Equal(Same(Archives.Dump(before["space.db"], old)), Same(Archives.Dump(after["space.db"], copy)));
        Assert.Equal(JsonNode.Parse(before["manifest.json"])!["counts"]!.ToJsonString(), JsonNode.Parse(after["manifest.json"])!["counts"]!.ToJsonString());

        var (seen, seenAgain) = (await RichSpace.ViewAsync(server, old), await RichSpace.ViewAsync(server, copy));
        Assert.Equal(seen.Select(line => Archives.WithoutSpace(line, old)).Select(Cells), seenAgain.Select(line => Archives.WithoutSpace(line, copy)).Select(line => Cells(Archives.WithoutSpace(line, old))));
    }

    [Fact]
    public async Task AnImportedSpaceIsBornOnceAndItsOldLifeStaysSilent()
    {
        await using var server = await SpacesServer.StartAsync();
        var old = await RichSpace.BuildAsync(server);
        var archive = await server.ExportAsync(old);

        var first = await server.ImportAsync(archive, "?name=Anew", idempotencyKey: "one");
        var again = await server.ImportAsync(archive, "?name=Anew", idempotencyKey: "one");

        Assert.Equal(first.Text, again.Text);
        Assert.Equal("Anew", (string)first.Json["data"]!["name"]!);
        var copy = (string)first.Json["data"]!["id"]!;
        Assert.Equal(["space:created"], await server.TopicsAsync(copy));
        var born = Assert.Single(await server.EventsAsync(copy, "space:created"));
        Assert.Equal(old, (string)born["payload"]!["origin"]!["spaceId"]!);
        Assert.Equal(2, (await server.DataAsync("GET", "spaces")).AsArray().Count);
        Assert.Equal(422, (await server.ImportAsync(await server.ExportAsync(copy), "?name=Anew", idempotencyKey: "one")).Status);
    }

    [Fact]
    public async Task AnImportedSpaceIsWorkedInLikeAnyOther()
    {
        await using var server = await SpacesServer.StartAsync();
        var old = await RichSpace.BuildAsync(server);
        var copy = (string)(await server.ImportAsync(await server.ExportAsync(old))).Json["data"]!["id"]!;
        await server.DataAsync("DELETE", $"spaces/{old}");

        var files = (await server.DataAsync("GET", $"files?spaceId={copy}")).AsArray();
        Assert.StartsWith("row 0\n", (await server.SendAsync("GET", $"files/{files.First(file => (string)file!["name"]! == "people.csv")!["id"]}/download")).Text, StringComparison.Ordinal);
        var workbook = (await server.DataAsync("GET", $"workbooks?spaceId={copy}")).AsArray().Single()!;
        var people = workbook["sheets"]!.AsArray().Single(sheet => (string)sheet!["slug"]! == "people")!["id"];
        var rows = await server.DataAsync("POST", $"sheets/{people}/records", """[{"name":{"value":"New"},"country":{"value":"FR"}}]""");
        Assert.True((bool)rows["records"]![0]!["valid"]!);
        await server.UploadAsync(copy);
        Assert.Equal(
            ["space:created", "commit:created", "records:created", "sheet:counts-updated", "commit:completed", "space:records:validated", "file:created", "space:file:uploaded"],
            await server.TopicsAsync(copy));
    }

    [Fact]
    public async Task AJobThatWasUnderWayIsEndedAndMayBeStartedAgain()
    {
        await using var server = await SpacesServer.StartAsync();
        var old = await server.SpaceAsync();
        await server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"go","source":"{{old}}","trigger":"immediate"}""");

        var copy = (string)(await server.ImportAsync(await server.ExportAsync(old))).Json["data"]!["id"]!;

        var job = (await server.DataAsync("GET", $"jobs?spaceId={copy}")).AsArray().Single()!;
        Assert.Equal("failed", (string)job["status"]!);
        Assert.Contains("was exported", (string)job["outcome"]!["message"]!, StringComparison.Ordinal);
        await server.DataAsync("POST", $"jobs/{job["id"]}/retry");
        Assert.Equal(["space:created", "job:updated", "job:ready"], await server.TopicsAsync(copy));
    }

    [Fact]
    public async Task ASpaceMovesToAnotherServerWithItsEnvironmentReplaced()
    {
        await using var here = await SpacesServer.StartAsync();
        await using var there = await SpacesServer.StartAsync();
        var old = await RichSpace.BuildAsync(here);
        var archive = await here.ExportAsync(old);

        var reply = await there.ImportAsync(archive);

        var copy = (string)reply.Json["data"]!["id"]!;
        Assert.Equal(there.Access.EnvironmentId, (string)reply.Json["data"]!["environmentId"]!);
        Assert.Equal(
            (await there.DataAsync("POST", "spaces", """{"name":"new"}"""))["guestAuthentication"]!.ToJsonString(), reply.Json["data"]!["guestAuthentication"]!.ToJsonString());
        var user = Assert.Single(reply.Json["data"]!["users"]!.AsArray())!;
        Assert.Equal("a@b.example", (string)user["email"]!);
        Assert.Null(user["role"]);
        var dump = string.Join('\n', Archives.Dump(Archives.Entries(await there.ExportAsync(copy))["space.db"], copy));
        Assert.DoesNotContain(here.Access.EnvironmentId, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(here.Access.AccountId, dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACopyOfOneMomentIsSentWhileWritersGoOnAndFilesGo()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync("""{"name":"busy","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}}""");
        var sheet = (string)(await server.DataAsync("GET", $"workbooks?spaceId={space}"))[0]!["sheets"]![0]!["id"]!;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                // A row and a file come and go together with their neighbours: every moment in between has all that it names.
                await server.DataAsync("POST", $"sheets/{sheet}/records", $$$"""[{"a":{"value":"{{{i}}}"}},{"a":{"value":"{{{i}}}"}}]""");
                var file = await server.UploadAsync(space, $"{i}.txt", $"content {i}");
                await server.DataAsync("DELETE", $"files/{file["id"]}");
                await server.UploadAsync(space, $"{i}.kept", $"content {i}");
            }
        });

        for (var round = 0; round < 8; round++)
        {
            var reply = await server.ImportAsync(await server.ExportAsync(space));
            Assert.True(reply.Status == 200, reply.Text);
            var copied = (await server.DataAsync("GET", $"workbooks?spaceId={reply.Json["data"]!["id"]}"))[0]!["sheets"]![0]!;
            Assert.Equal(0, (int)(await server.DataAsync("GET", $"sheets/{copied["id"]}/counts"))["counts"]!["total"]! % 2);
        }

        await stop.CancelAsync();
        await writing;
        var kept = (await server.DataAsync("GET", $"files?spaceId={space}&pageSize=1000")).AsArray().Count;
        Assert.Equal(kept, Directory.EnumerateFiles(Path.Combine(server.Folder, "spaces", space, "files")).Count());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Folder, "exports")));
    }

    [Fact]
    public async Task WhatIsMissingOnTheDiskIsToldBeforeAnythingIsSent()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = await server.UploadAsync(space);
        File.Delete(Directory.EnumerateFiles(Path.Combine(server.Folder, "spaces", space, "files")).Single());

        var reply = await server.SendAsync("GET", $"spaces/{space}/export");

        Assert.Equal(503, reply.Status);
        Assert.Contains((string)file["id"]!, reply.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.Folder, "exports")));
    }

    /// <summary>The counter of events starts anew, and an unimportant time follows the import itself.</summary>
    private static IEnumerable<string> Same(IEnumerable<string> lines) => lines.Where(line => !line.StartsWith("counters: event", StringComparison.Ordinal)).Select(Cells);

    /// <summary>The one cell that holds an id is data: it stays as it is.</summary>
    private static string Cells(string line) => System.Text.RegularExpressions.Regex.Replace(line, Cell + @"(#\d+|[0-9A-Za-z]{8})", Cell, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
}
