using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Flatfile.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A Flatfile of a few resources in memory: enough of the wire for the shipped handlers, with keys of idempotency and with crashes on demand.</summary>
internal sealed class FlatfileDouble : HttpMessageHandler
{
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _ids;

    public Dictionary<string, JsonObject> Spaces { get; } = [];

    public Dictionary<string, JsonObject> Workbooks { get; } = [];

    public Dictionary<string, JsonObject> Files { get; } = [];

    public Dictionary<string, byte[]> Contents { get; } = [];

    public Dictionary<string, JsonObject> Jobs { get; } = [];

    public Dictionary<string, JsonObject> Documents { get; } = [];

    public Dictionary<string, List<JsonObject>> Rows { get; } = [];

    public List<JsonObject> OpenCommits { get; } = [];

    /// <summary>Method and path of every call that changes something, in order; repeats by key stand once.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Asked for every call; throwing here is a death before the server heard of it.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Asked for every call; throwing here is a death after the server did it and before its answer was read.</summary>
    public Action<string> After { get; set; } = _ => { };

    public FlatfileClient Client() => new(new FlatfileClientOptions { BaseAddress = new Uri("http://flatfile.test/v1"), Token = "sk_test", MaxRetries = 0 }, this);

    public string AddSpace(string? primaryWorkbookId = null)
    {
        var id = Id("us_sp_");
        Spaces[id] = Stamp(new JsonObject { ["id"] = id, ["name"] = "Space", ["environmentId"] = "us_env_1", ["guestAuthentication"] = new JsonArray(), ["primaryWorkbookId"] = primaryWorkbookId });
        return id;
    }

    public string AddFile(string spaceId, string name, byte[] content)
    {
        var id = Id("us_fl_");
        Files[id] = Stamp(new JsonObject
        {
            ["id"] = id, ["name"] = name, ["ext"] = "csv", ["mimetype"] = "text/csv", ["encoding"] = "7bit", ["status"] = "complete", ["mode"] = "import",
            ["size"] = content.Length, ["bytesReceived"] = content.Length, ["spaceId"] = spaceId,
        });
        Contents[id] = content;
        return id;
    }

    /// <summary>A job for a file, with what it was asked for.</summary>
    public void AddJob(string id, string fileId, JsonObject? input = null) => Jobs[id] = Stamp(new JsonObject
    {
        ["id"] = id, ["type"] = "file", ["operation"] = "extract", ["source"] = fileId, ["status"] = "executing", ["input"] = input, ["environmentId"] = "us_env_1",
    });

    public JsonObject AddWorkbook(JsonObject config)
    {
        var id = Id("us_wb_");
        var workbook = Stamp((JsonObject)config.DeepClone());
        workbook["id"] = id;
        workbook["labels"] ??= new JsonArray();
        var sheets = new JsonArray();
        foreach (var sheet in config["sheets"]?.AsArray() ?? [])
        {
            sheets.Add((JsonNode)NewSheet(id, sheet!.AsObject()));
        }

        workbook["sheets"] = sheets;
        return Workbooks[id] = workbook;
    }

    /// <summary>The values of a sheet's rows as text, in the order of the fields.</summary>
    public List<string?[]> TextOf(string sheetId, params string[] fields) =>
        [.. Rows[sheetId].Select(row => fields.Select(f => row["values"]![f]?["value"]?.GetValue<string>()).ToArray())];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath["/v1/".Length..];
        var call = $"{request.Method} {path}";
        Before(call);
        var body = await BodyAsync(request, cancellationToken);
        string answer;
        lock (_gate)
        {
            var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;
            if (request.Method != HttpMethod.Post || key is null || !_answers.TryGetValue(key, out answer!))
            {
                if (request.Method != HttpMethod.Get)
                {
                    Changes.Add(call);
                }

                if (Answer(request.Method.Method, path.Split('/'), HttpUtility.ParseQueryString(request.RequestUri.Query), body) is not { } data)
                {
                    return path.EndsWith("/download", StringComparison.Ordinal)
                        ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Contents[path.Split('/')[1]]) }
                        : Json(HttpStatusCode.NotFound, """{"errors":[{"message":"no such thing in the double"}]}""");
                }

                answer = new JsonObject { ["data"] = data.DeepClone() }.ToJsonString();
                if (key is not null && request.Method == HttpMethod.Post)
                {
                    _answers[key] = answer;
                }
            }
        }

        After(call);
        return Json(HttpStatusCode.OK, answer);
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string text) => new(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private static async Task<JsonNode?> BodyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null)
        {
            return null;
        }

        if (request.Content.Headers.ContentType?.MediaType == "multipart/form-data")
        {
            return await UploadedAsync(request.Content, cancellationToken);
        }

        await using var stream = await request.Content.ReadAsStreamAsync(cancellationToken);
        await using Stream plain = request.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        return await JsonNode.ParseAsync(plain, cancellationToken: cancellationToken);
    }

    private JsonNode? Answer(string method, string[] path, System.Collections.Specialized.NameValueCollection query, JsonNode? body) => (method, path) switch
    {
        ("GET", ["spaces", var id]) => Spaces.GetValueOrDefault(id),
        ("PATCH", ["spaces", var id]) => Merge(Spaces[id], body!),
        ("GET", ["spaces", _, "documents"]) => new JsonArray([.. Documents.Values.Select(d => d.DeepClone())]),
        ("POST", ["spaces", _, "documents"]) => Keep(Documents, "us_dc_", body!),
        ("PATCH", ["spaces", _, "documents", var id]) => Merge(Documents[id], body!),
        ("GET", ["workbooks"]) => new JsonArray([.. Workbooks.Values.Where(w => w["spaceId"]?.GetValue<string>() == query["spaceId"]).Select(w => w.DeepClone())]),
        ("POST", ["workbooks"]) => AddWorkbook(body!.AsObject()),
        ("GET", ["workbooks", var id]) => Workbooks.GetValueOrDefault(id),
        ("PATCH", ["workbooks", var id]) => ChangeWorkbook(Workbooks[id], body!.AsObject()),
        ("GET", ["workbooks", _, "commits"]) => new JsonArray([.. OpenCommits.Select(c => c.DeepClone())]),
        ("GET", ["sheets", var id]) => SheetOf(id),
        ("GET", ["sheets", var id, "counts"]) => new JsonObject { ["counts"] = Counts(Rows[id]), ["success"] = true },
        ("GET", ["sheets", var id, "records"]) => Page(Rows[id], int.Parse(query["pageSize"]!), int.Parse(query["pageNumber"]!)),
        ("POST", ["sheets", var id, "records"]) => Insert(Rows[id], body!.AsArray()),
        ("GET", ["files", var id]) => Files.GetValueOrDefault(id),
        ("POST", ["files"]) => Take(body!),
        ("PATCH", ["files", var id]) => Merge(Files[id], body!),
        ("POST", ["jobs"]) => Keep(Jobs, "us_jb_", body!),
        ("GET", ["jobs", var id]) => Jobs.GetValueOrDefault(id),
        _ => null,
    };

    /// <summary>The fields of the form, and the bytes under <c>content</c>.</summary>
    private static async Task<JsonNode> UploadedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var form = new JsonObject();
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var reader = new MultipartReader(content.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary").Value!.Trim('"'), stream);
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            using var bytes = new MemoryStream();
            await section.Body.CopyToAsync(bytes, cancellationToken);
            if (section.AsFileSection() is { } file)
            {
                form["name"] = file.FileName;
                form["content"] = Convert.ToBase64String(bytes.ToArray());
            }
            else
            {
                form[section.AsFormDataSection()!.Name] = Encoding.UTF8.GetString(bytes.ToArray());
            }
        }

        return form;
    }

    private JsonObject Take(JsonNode form)
    {
        var id = AddFile((string)form["spaceId"]!, (string)form["name"]!, Convert.FromBase64String((string)form["content"]!));
        Files[id]["mode"] = form["mode"]?.DeepClone() ?? "import";
        return Files[id];
    }

    private static JsonObject Counts(List<JsonObject> rows)
    {
        var errors = rows.Count(r => r["valid"]?.GetValue<bool>() == false);
        return new JsonObject { ["total"] = rows.Count, ["valid"] = rows.Count - errors, ["error"] = errors };
    }

    private static JsonObject Page(List<JsonObject> rows, int size, int number) =>
        new() { ["success"] = true, ["records"] = new JsonArray([.. rows.Skip(size * (number - 1)).Take(size).Select(r => r.DeepClone())]) };

    private static JsonObject Merge(JsonObject target, JsonNode change)
    {
        foreach (var (name, value) in change.AsObject())
        {
            target[name] = value?.DeepClone();
        }

        return target;
    }

    private JsonObject Insert(List<JsonObject> rows, JsonArray inserted)
    {
        foreach (var row in inserted)
        {
            rows.Add(new JsonObject { ["id"] = Id("us_rc_"), ["values"] = row!.DeepClone(), ["valid"] = true });
        }

        return new JsonObject { ["success"] = true, ["records"] = new JsonArray() };
    }

    private JsonObject ChangeWorkbook(JsonObject workbook, JsonObject change)
    {
        var sheets = change["sheets"]?.DeepClone().AsArray() ?? [];
        change.Remove("sheets");
        Merge(workbook, change);
        foreach (var sheet in sheets.Select(s => s!.AsObject()))
        {
            var there = workbook["sheets"]!.AsArray().FirstOrDefault(s => s!["id"]!.GetValue<string>() == sheet["id"]?.GetValue<string>());
            if (there is null)
            {
                workbook["sheets"]!.AsArray().Add((JsonNode)NewSheet(workbook["id"]!.GetValue<string>(), sheet["config"]!.AsObject()));
            }
            else
            {
                there["config"] = sheet["config"]!.DeepClone();
                there["name"] = sheet["config"]!["name"]!.DeepClone();
            }
        }

        return workbook;
    }

    private JsonObject NewSheet(string workbookId, JsonObject config)
    {
        var id = Id("us_sh_");
        Rows[id] = [];
        var slug = config["slug"]?.GetValue<string>() ?? config["name"]!.GetValue<string>();
        return Stamp(new JsonObject { ["id"] = id, ["workbookId"] = workbookId, ["name"] = config["name"]!.DeepClone(), ["slug"] = slug, ["config"] = config.DeepClone() });
    }

    private JsonObject? SheetOf(string id) =>
        Workbooks.Values.SelectMany(w => w["sheets"]!.AsArray()).Select(s => s!.AsObject()).FirstOrDefault(s => s["id"]!.GetValue<string>() == id);

    private JsonObject Keep(Dictionary<string, JsonObject> into, string prefix, JsonNode config)
    {
        var id = Id(prefix);
        var kept = Stamp((JsonObject)config.DeepClone());
        kept["id"] = id;
        kept["status"] = "ready";
        return into[id] = kept;
    }

    private string Id(string prefix) => $"{prefix}{++_ids:00000000}";

    private static JsonObject Stamp(JsonObject resource)
    {
        resource["createdAt"] = "2026-01-01T00:00:00.000Z";
        resource["updatedAt"] = "2026-01-01T00:00:00.000Z";
        return resource;
    }
}
