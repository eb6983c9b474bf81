using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Answers the calls on files from memory and lets every other call go to the server.</summary>
internal sealed class FilesBeside() : DelegatingHandler(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
{
    private readonly Dictionary<string, (JsonObject File, byte[] Content)> _files = [];

    public string Add(string spaceId, string name, byte[] content)
    {
        var id = $"us_fl_{_files.Count + 1:00000000}";
        _files[id] = (JsonNode.Parse($$"""
            {"id":"{{id}}","name":"{{name}}","ext":"csv","mimetype":"text/csv","encoding":"7bit","status":"complete","mode":"import","size":{{content.Length}},
             "bytesReceived":{{content.Length}},"spaceId":"{{spaceId}}","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}
            """)!.AsObject(), content);
        return id;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/');
        if (path is not ["", "v1", "files", var id, ..])
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var (file, content) = _files[id];
        if (path[^1] == "download")
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
        }

        if (request.Content is not null)
        {
            foreach (var (name, value) in JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject())
            {
                file[name] = value?.DeepClone();
            }
        }

        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(new JsonObject { ["data"] = file.DeepClone() }.ToJsonString(), Encoding.UTF8, "application/json"),
        };
    }
}
