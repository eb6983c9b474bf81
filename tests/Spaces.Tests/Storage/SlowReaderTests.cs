using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Storage;

/// <summary>A reader that takes nothing of what it asked for holds up nobody else.</summary>
public sealed class SlowReaderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("/v1/sheets/{0}/download")]
    [InlineData("/v1/sheets/{0}/records?pageSize=100000")]
    [InlineData("/v1/sheets/{0}/cells?fieldKey=a&pageSize=10000")]
    [InlineData("/v2-alpha/records.jsonl?sheetId={0}")]
    [InlineData("/v1/spaces/{1}/export")]
    [InlineData("/v1/events/stream?spaceId={1}")]
    public async Task ASpaceIsDeletedAlthoughSomebodyReadsItForEver(string path)
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.DataAsync("POST", "spaces", """{"name":"S","workbook":{"name":"W","sheets":[{"name":"A","fields":[{"key":"a","type":"string"}]}]} }""");
        var sheet = (string)(await server.DataAsync("GET", $"sheets?workbookId={space["primaryWorkbookId"]}"))[0]!["id"]!;
        var rows = new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => JsonNode.Parse($$$"""{"a":{"value":"{{{i}}} {{{new string('x', 1_500)}}}"} }""")!)]).ToJsonString();
        Assert.Equal(200, (await server.SendAsync("POST", $"sheets/{sheet}/records", rows)).Status);
        using var reader = new TcpClient { ReceiveBufferSize = 4_096 };
        await reader.ConnectAsync(server.Address.Host, server.Address.Port);
        await reader.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Format(
            null, $"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Access.DevelopmentKey}\r\n\r\n", sheet, space["id"])));
        var begin = new byte[400];
        await reader.GetStream().ReadExactlyAsync(begin.AsMemory(0, 100)).AsTask().WaitAsync(Patience);

        await server.DataAsync("DELETE", $"spaces/{space["id"]}").WaitAsync(Patience);

        Assert.Equal(404, (await server.SendAsync("GET", $"sheets/{sheet}/records").WaitAsync(Patience)).Status);
    }
}
