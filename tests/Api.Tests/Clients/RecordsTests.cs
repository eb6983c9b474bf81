using System.IO.Compression;
using System.Text.Json;
using Flatfile.Api.Tests.Support;

namespace Flatfile.Api.Tests.Clients;

public class RecordsTests
{
    [Fact]
    public async Task RowsGoCompressedAndComeBackTyped()
    {
        string? body = null;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            body = await UnzipAsync(c.Request.Body);
            await c.JsonAsync("""{"data":{"success":true,"commitId":"us_vr_1","records":[{"id":"us_rc_1","values":{"a":{"value":"x","messages":[],"valid":true}}}]}}""");
        });
        using var client = server.Client();

        var page = await client.Records.InsertAsync("us_sh_1", [new() { ["a"] = new CellValue { Value = JsonSerializer.SerializeToElement("x") } }, []]);

        Assert.Equal("""[{"a":{"value":"x"}},{}]""", body);
        Assert.Equal("us_vr_1", page.CommitId);
        Assert.Equal("x", page.Records.Single().Values["a"].Value!.Value.GetString());
        var headers = server.Seen.Single().Headers;
        Assert.Equal("gzip", headers["Content-Encoding"]);
        Assert.Equal("application/json", headers["Content-Type"]);
    }

    [Fact]
    public async Task RowsGoPlainToAServerOnThisMachineAndPartByPart()
    {
        string? body = null;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            using var reader = new StreamReader(c.Request.Body);
            body = await reader.ReadToEndAsync();
            await c.JsonAsync("""{"data":{"success":true}}""");
        });
        using var client = server.Client(o => o.CompressRows = null);

        await client.Records.InsertAsync("us_sh_1", [w => w.WriteStartArray(), w => w.WriteNumberValue(1), w => w.WriteNumberValue(2), w => w.WriteEndArray()]);

        Assert.Equal("[1,2]", body);
        Assert.DoesNotContain("Content-Encoding", server.Seen.Single().Headers.Keys);
    }

    [Fact]
    public async Task RowsTheCallerWritesAreWrittenAgainForARepeat()
    {
        var bodies = new List<string>();
        await using var server = await TestServer.StartAsync(async (c, n) =>
        {
            bodies.Add(await UnzipAsync(c.Request.Body));
            await (n == 1 ? c.JsonAsync("{}", 500) : c.JsonAsync("""{"data":{"success":true}}"""));
        });
        using var client = server.Client();

        await client.Records.InsertAsync(
            "us_sh_1",
            writer =>
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WriteEndObject();
                writer.WriteEndArray();
            },
            new RequestOptions { IdempotencyKey = "us_jb_1:us_sh_1:1", ReturnMinimal = true });

        Assert.Equal(["[{}]", "[{}]"], bodies);
        Assert.All(server.Seen, s => Assert.Equal("us_jb_1:us_sh_1:1", s.Headers["Idempotency-Key"]));
        Assert.All(server.Seen, s => Assert.Equal("return=minimal", s.Headers["Prefer"]));
    }

    [Fact]
    public async Task AnUpdateIsAPutThatMayForceItsHooks()
    {
        string? body = null;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            body = await UnzipAsync(c.Request.Body);
            await c.JsonAsync("""{"data":{"versionId":"us_vr_2","commitId":"us_vr_2"}}""");
        });
        using var client = server.Client();

        var version = await client.Records.UpdateAsync("us_sh_1", [new FlatfileRecordData { Id = "us_rc_1" }], new RequestOptions { ForceHooks = true });

        Assert.Equal("us_vr_2", version.CommitId);
        Assert.Equal("""[{"id":"us_rc_1","values":{}}]""", body);
        var seen = server.Seen.Single();
        Assert.Equal("PUT", seen.Method);
        Assert.Equal("true", seen.Headers["x-force-hooks"]);
        Assert.DoesNotContain("X-Disable-Hooks", seen.Headers.Keys);
    }

    [Fact]
    public async Task PagesAreReadUntilOneIsEmpty()
    {
        await using var server = await TestServer.StartAsync((c, n) =>
            c.JsonAsync(n < 3 ? $$$"""{"data":{"success":true,"records":[{"id":"us_rc_{{{n}}}","values":{}}]}}""" : """{"data":{"success":true,"records":[]}}"""));
        using var client = server.Client();

        var pages = await client.Records.ReadPagesAsync("us_sh_1", new RecordQuery { Filter = "error", Ids = ["a", "b"], PageSize = 1, IncludeMessages = true }).ToListAsync();

        Assert.Equal(["us_rc_1", "us_rc_2"], pages.Select(p => p.Records.Single().Id));
        Assert.Equal("/v1/sheets/us_sh_1/records?filter=error&ids=a&ids=b&includeMessages=true&pageSize=1&pageNumber=1", server.Seen.First().Target);
        Assert.EndsWith("pageNumber=3", server.Seen.Last().Target);
    }

    [Fact]
    public async Task DeletingGoesInHundredsAndAnEmptyListAsksNothing()
    {
        await using var server = await TestServer.StartAsync("""{"data":{"success":true}}""");
        using var client = server.Client();

        await client.Records.DeleteAsync("us_sh_1", []);
        Assert.Empty(server.Seen);
        await client.Records.DeleteAsync("us_sh_1", [.. Enumerable.Range(0, 250).Select(n => $"us_rc_{n}")]);

        Assert.Equal([100, 100, 50], server.Seen.Select(s => s.Target.Split("ids=").Length - 1));
    }

    [Fact]
    public async Task AnEventsRowsAreWrittenBackCompressed()
    {
        string? body = null;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            body = await UnzipAsync(c.Request.Body);
            await c.JsonAsync("""{"data":{"commitId":"us_vr_1"}}""");
        });
        using var client = server.Client();

        var answer = await client.PutRelativeAsync("v1/sheets/us_sh_1/records?commitId=us_vr_1", w => w.WriteRawValue("[1]"));

        Assert.Equal("us_vr_1", answer.GetProperty("commitId").GetString());
        Assert.Equal("[1]", body);
        Assert.Equal("PUT", server.Seen.Single().Method);
    }

    private static async Task<string> UnzipAsync(Stream body)
    {
        using var reader = new StreamReader(new GZipStream(body, CompressionMode.Decompress));
        return await reader.ReadToEndAsync();
    }
}
