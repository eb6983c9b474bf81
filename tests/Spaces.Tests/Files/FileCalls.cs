using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Files;

/// <summary>Uploads as clients send them.</summary>
internal static class FileCalls
{
    /// <summary>A form by hand: the parts in the order given, the file's name raw.</summary>
    public static async Task<Reply> FormAsync(
        this SpacesServer server, (string Name, string? FileName, string Value)[] parts, string? idempotencyKey = null, HttpClient? client = null, bool whole = true)
    {
        var boundary = "b" + Guid.NewGuid().ToString("N");
        var form = new StringBuilder();
        foreach (var (name, fileName, value) in parts)
        {
            form.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name).Append('"');
            form.Append(fileName is null ? "" : $"; filename=\"{fileName}\"\r\nContent-Type: application/octet-stream").Append("\r\n\r\n").Append(value).Append("\r\n");
        }

        form.Append(whole ? $"--{boundary}--\r\n" : "");
        using var request = new HttpRequestMessage(HttpMethod.Post, "files") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(form.ToString())) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await (client ?? server.Client).SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Uploads a small file and answers its body.</summary>
    public static async Task<JsonNode> UploadAsync(this SpacesServer server, string spaceId, string name = "a.csv", string content = "a,b\n1,2\n", string? mode = null)
    {
        (string, string?, string)[] parts = mode is null
            ? [("spaceId", null, spaceId), ("file", name, content)]
            : [("spaceId", null, spaceId), ("mode", null, mode), ("file", name, content)];
        var reply = await server.FormAsync(parts);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Json["data"]!;
    }

    /// <summary>Everything below a space's and the upload folder that could hold bytes.</summary>
    public static string[] Bytes(this SpacesServer server) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(server.Folder, "uploads")),
        .. Directory.EnumerateDirectories(Path.Combine(server.Folder, "spaces")).SelectMany(space => Directory.EnumerateFiles(Path.Combine(space, "files"))),
    ];

    /// <summary>The events of a topic in a space.</summary>
    public static async Task<JsonNode[]> EventsAsync(this SpacesServer server, string spaceId, string topic) =>
        [.. (await server.DataAsync("GET", $"events?spaceId={spaceId}&topic={topic}&since=2000-01-01T00:00:00Z")).AsArray().Select(one => one!)];
}
