using System.Text;
using System.Text.Json.Nodes;

namespace Guides.Tests.Support;

/// <summary>A server with one space, its workbook and its sheet, driven by raw HTTP.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(GuideServer server, string spaceId, string workbookId, string sheetId)
    {
        Server = server;
        SpaceId = spaceId;
        WorkbookId = workbookId;
        SheetId = sheetId;
    }

    public GuideServer Server { get; }

    public string SpaceId { get; }

    public string WorkbookId { get; }

    public string SheetId { get; }

    public static async Task<Stage> SetAsync(string slug = "contacts", string settings = "{}")
    {
        var server = await GuideServer.StartAsync();
        var space = (string)(await server.RawAsync("POST", "spaces", """{"name":"The guide's space"}"""))["data"]!["id"]!;
        var workbook = (await server.RawAsync("POST", "workbooks", $$"""
            {"name":"Contacts","spaceId":"{{space}}","environmentId":"{{server.EnvironmentId}}","settings":{{settings}},
             "sheets":[{"name":"Contacts","slug":"{{slug}}","fields":[{"key":"name","type":"string"},{"key":"email","type":"string"}]}]}
            """))["data"]!;
        return new Stage(server, space, (string)workbook["id"]!, (string)workbook["sheets"]![0]!["id"]!);
    }

    public async Task<JsonNode> CallAsync(string method, string path, string? body = null) => (await Server.RawAsync(method, path, body))["data"]!;

    /// <summary>The newest event of a topic.</summary>
    public async Task<JsonObject> EventAsync(string topic)
    {
        var events = (await CallAsync("GET", $"events?environmentId={Server.EnvironmentId}&topic={topic}&since=2000-01-01T00:00:00Z&includeAcknowledged=true")).AsArray();
        Assert.True(events.Count > 0, $"There is no event {topic}.");
        return events[^1]!.AsObject();
    }

    public async Task<string> UploadAsync(string name, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(SpaceId), "spaceId" },
            { new StringContent(Server.EnvironmentId), "environmentId" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name },
        };
        using var response = await Server.Http.PostAsync("files", form);
        response.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["data"]!["id"]!;
    }

    public Task<JsonNode> InsertAsync(string rows = """[{"name":{"value":"Ada"},"email":{"value":"ada@acme.com"}}]""") =>
        CallAsync("POST", $"sheets/{SheetId}/records", rows);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
