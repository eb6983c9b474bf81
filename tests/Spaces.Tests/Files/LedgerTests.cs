using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Files;

/// <summary>The account of a file is what the job that extracted it last laid beside it.</summary>
public class LedgerTests
{
    [Fact]
    public async Task TheNewestAccountIsTheAnswer()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = (string)(await server.UploadAsync(space))["id"]!;
        await ExtractAsync(server, file, (string)(await server.UploadAsync(space, "1.json", """{"rowsRead":1}""", "export"))["id"]!);
        await ExtractAsync(server, file, (string)(await server.UploadAsync(space, "2.json", """{"rowsRead":2}""", "export"))["id"]!);
        await ExtractAsync(server, file, null);

        var ledger = await server.SendAsync("GET", $"files/{file}/ledger");

        Assert.Equal((200, """{"data":{"rowsRead":2}}"""), (ledger.Status, ledger.Json.ToJsonString()));
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = server.Address, Token = server.Access.DevelopmentKey });
        using var typed = new StreamReader(await client.Files.DownloadLedgerAsync(file));
        Assert.Equal("""{"data":{"rowsRead":2}}""", await typed.ReadToEndAsync());
    }

    [Fact]
    public async Task AFileThatWasNotExtractedHasNone()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync());

        var ledger = await server.SendAsync("GET", $"files/{file["id"]}/ledger");

        Assert.Equal(404, ledger.Status);
        Assert.Contains("has no ledger", (string)ledger.Json["errors"]![0]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutcomeCannotPointIntoAnotherSpace()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = (string)(await server.UploadAsync(await server.SpaceAsync()))["id"]!;
        var foreign = (string)(await server.UploadAsync(await server.SpaceAsync(), "other.json", """{"secret":1}"""))["id"]!;
        await ExtractAsync(server, file, foreign);

        Assert.Equal(404, (await server.SendAsync("GET", $"files/{file}/ledger")).Status);
    }

    private static async Task ExtractAsync(SpacesServer server, string file, string? ledger)
    {
        var job = await server.DataAsync("POST", "jobs", $$"""{"type":"file","operation":"extract","source":"{{file}}"}""");
        await server.DataAsync("POST", $"jobs/{job["id"]}/execute", "{}");
        var outcome = new JsonObject { ["message"] = "done", ["ledgerFileId"] = ledger };
        await server.DataAsync("POST", $"jobs/{job["id"]}/complete", new JsonObject { ["outcome"] = outcome }.ToJsonString());
    }
}
