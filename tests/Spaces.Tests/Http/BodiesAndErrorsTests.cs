using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Http;

public sealed class BodiesAndErrorsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync(configure: options => options.MaxBodyBytes = 20_000);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{\"name\":\n  nul}", "line 2")]
    [InlineData("{\"name\":\"a\"} x", "line 1")]
    public async Task MalformedJsonIsRefusedNamingThePlace(string body, string place)
    {
        var reply = await _server.SendAsync("POST", "spaces", body);

        Assert.Equal(400, reply.Status);
        Assert.Contains(place, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonNestedWithoutEndIsRefused()
    {
        var reply = await _server.SendAsync("POST", "spaces", "{\"metadata\":" + string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 201));

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task AMarkBeforeTheBodyIsPassedOver() =>
        Assert.Equal(200, (await _server.SendAsync("POST", "spaces", "\uFEFF{\"name\":\"a\"}")).Status);

    [Fact]
    public async Task PackedBodiesAreUnpacked()
    {
        var reply = await PostAsync(Pack("""{"name":"packed"}"""), "gzip");

        Assert.Equal(200, reply.Status);
        Assert.Equal("packed", (string)reply.Json["data"]!["name"]!);
    }

    [Fact]
    public async Task APackedBodyMayNotGrowBeyondTheLimit()
    {
        var bomb = Pack("{\"name\":\"" + new string('a', 1_000_000) + "\"}");
        Assert.True(bomb.Length < 20_000);

        var reply = await PostAsync(bomb, "gzip");

        Assert.Equal(413, reply.Status);
    }

    [Fact]
    public async Task ABodyBeyondTheLimitIsRefused() =>
        Assert.Equal(413, (await _server.SendAsync("POST", "spaces", "{\"name\":\"" + new string('a', 30_000) + "\"}")).Status);

    [Theory]
    [InlineData("gzip, gzip", 415)]
    [InlineData("br", 415)]
    [InlineData("gzip", 400)]
    public async Task OtherPackingsAreRefused(string encoding, int status) =>
        Assert.Equal(status, (await PostAsync(Encoding.UTF8.GetBytes("""{"name":"plain"}"""), encoding)).Status);

    [Theory]
    [InlineData("GET", "nothing", 404)]
    [InlineData("PUT", "spaces", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "auth/sftp-credentials?spaceId=x", 501)]
    [InlineData("POST", "spaces/us_sp_zzzzzzzz/upgrade", 501)]
    [InlineData("GET", "data-clips/us_clip_1/resolutions?workbookId=x", 501)]
    [InlineData("POST", "foreigndb/us_wb_zzzzzzzz/configure", 501)]
    public async Task UnknownCallsAndUnbuiltCallsAreToldApart(string method, string path, int status)
    {
        var reply = await _server.SendAsync(method, path);

        Assert.Equal(status, reply.Status);
        Assert.False(string.IsNullOrEmpty(reply.Message));
    }

    [Theory]
    [InlineData("spaces/us_sp_zzzzzzzz")]
    [InlineData("spaces/..%2f..%2fetc")]
    [InlineData("spaces/us_wb_00000000")]
    [InlineData("workbooks/x")]
    [InlineData("sheets/us_sh_00000000")]
    [InlineData("events/us_evt_0000000000000000")]
    [InlineData("environments/us_env_00000000")]
    public async Task UnknownIdsAreNotFound(string path)
    {
        var reply = await _server.SendAsync("GET", path);

        Assert.Equal(404, reply.Status);
        Assert.False(string.IsNullOrEmpty(reply.Message));
    }

    [Fact]
    public async Task AnIdOfAWellFormedKindInAWrongPlaceIsNotFound()
    {
        var space = await _server.DataAsync("POST", "spaces", """{"workbook":{"name":"W"}}""");
        var workbook = (string)space["primaryWorkbookId"]!;

        Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{workbook.Replace("us_wb_", "us_sp_", StringComparison.Ordinal)}")).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"sheets/{workbook.Replace("us_wb_", "us_sh_", StringComparison.Ordinal)}")).Status);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private async Task<Reply> PostAsync(byte[] body, string encoding)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await _server.Client.PostAsync("spaces", content);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "workbooks", """{"spaceId":"SPACE"}""", "name")]
    [InlineData("POST", "events", "{}", "topic domain context payload")]
    [InlineData("POST", "spaces", """{"workflow":"x","displayOrder":"first","archivedAt":5,"labels":{"a":1}}""", "workflow displayOrder archivedAt labels")]
    [InlineData("POST", "spaces", """{"name":7,"labels":["a",1]}""", "name labels[1]")]
    [InlineData("POST", "environments", """{"name":"e","isProd":"yes"}""", "isProd")]
    public async Task AllMembersThatDoNotFitAreNamedInWordsOfTheApi(string method, string path, string body, string keys)
    {
        var reply = await _server.SendAsync(method, path, body.Replace("SPACE", await _server.SpaceAsync(), StringComparison.Ordinal));

        Assert.Equal(400, reply.Status);
        Assert.Equal(keys, string.Join(' ', reply.Keys));
        Assert.DoesNotContain("Flatfile.Api", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", reply.Text, StringComparison.Ordinal);
    }
}
