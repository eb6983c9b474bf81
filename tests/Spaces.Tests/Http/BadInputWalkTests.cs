using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Http;

/// <summary>Every operation is fed with what nobody should send: it answers with an error in the documented shape, never with a fault of its own, and the server goes on.</summary>
public sealed partial class BadInputWalkTests : IAsyncLifetime
{
    private static readonly int[] Refusals = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 501];

    /// <summary>These hold the line open by design; what they make of bad input is tested with them.</summary>
    private static readonly string[] Streams = ["events.stream", "events.subscribe"];

    /// <summary>Refused in PubNub's form, which its client reads.</summary>
    private static readonly string[] PubNub = ["events.heartbeat", "events.leave"];

    private readonly Dictionary<string, string> _ids = [];
    private SpacesServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync(configure: options => options.MaxBodyBytes = 4 * 1024 * 1024);
        var space = await _server.DataAsync("POST", "spaces", """
            {"name":"Fed with anything","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"},{"key":"n","type":"number"}]}]}}
            """);
        var workbook = await _server.DataAsync("GET", $"workbooks/{space["primaryWorkbookId"]}");
        var sheet = (string)workbook["sheets"]![0]!["id"]!;
        var records = await _server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"x"},"n":{"value":1}}]""");
        _ids["spaceId"] = (string)space["id"]!;
        _ids["workbookId"] = (string)workbook["id"]!;
        _ids["sheetId"] = sheet;
        _ids["commitId"] = (string)records["commitId"]!;
        _ids["fieldKey"] = "a";
        _ids["environmentId"] = _server.Access.EnvironmentId;
        _ids["documentId"] = (string)(await _server.DataAsync("POST", $"spaces/{_ids["spaceId"]}/documents", """{"title":"D","body":"b"}"""))["id"]!;
        _ids["jobId"] = (string)(await _server.DataAsync("POST", "jobs", $$"""{"type":"sheet","operation":"x","source":"{{sheet}}"}"""))["id"]!;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<string, string> Bodies => new()
    {
        { "cut off", "{\"name\":" },
        { "a text", "\"text\"" },
        { "a number", "12" },
        { "null", "null" },
        { "a list of lists", "[[1,[2]],null,7,\"x\"]" },
        { "wrong types", """{"name":5,"slug":{},"type":[],"operation":{},"source":7,"fields":"x","sheets":"x","workbook":"x","config":7,"data":"x","records":{},"email":[],"spaces":"x","spaceId":{},"title":[],"body":{},"value":{},"metadata":"x","users":"x","labels":7,"status":[],"outcome":"x","parts":"x","key":{},"options":[],"actions":"x"}""" },
        { "a list of wrong types", """[{"name":5,"a":{"value":{"deep":[1]}},"n":{"messages":"x"},"id":[],"values":"x","email":{},"spaceId":7}]""" },
        { "unknown enums", """{"type":"nonsense","trigger":"nonsense","mode":"nonsense","status":"nonsense","filter":"nonsense","template":"nonsense","storageStrategy":"nonsense","domain":"nonsense","topic":"nonsense"}""" },
        { "members twice", """{"name":"a","name":"b"}""" },
        { "nested 10,000 deep in objects", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000) },
        { "nested 10,000 deep in lists", new string('[', 10_000) + new string(']', 10_000) },
        { "20,000 members", "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{i}")) + "}" },
        { "a huge number", """{"name":1e999999,"progress":1e999999,"insertAtIndex":99999999999999999999}""" },
        { "lone surrogates", """{"name":"\ud800","email":"\udfff@x"}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task EveryOperationRefusesTheBody(string what, string body)
    {
        foreach (var operation in OperationTable.All.Where(operation => operation.Method is not "GET" && !EndsTheStage(operation)))
        {
            await RefusedOrFineAsync(operation, "", Encoding.UTF8.GetBytes(body), what);
        }

        await AliveAsync();
    }

    [Fact]
    public async Task BytesThatAreNoUtf8AreRefusedEverywhere()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xFF, 0xFE, .. "\"}"u8];
        foreach (var operation in OperationTable.All.Where(operation => operation.Method is not "GET" && !EndsTheStage(operation)))
        {
            await RefusedOrFineAsync(operation, "", body, "bytes that are no UTF-8");
        }

        await AliveAsync();
    }

    [Theory]
    [InlineData("pageSize=-1&pageNumber=-1")]
    [InlineData("pageSize=99999999999999999999")]
    [InlineData("pageSize=abc&pageNumber=0")]
    [InlineData("filter=nonsense&filterField=nowhere&sortField=nowhere&sortDirection=up")]
    [InlineData("q=(((((&searchField=nowhere&searchValue=x")]
    [InlineData("ids=&ids=x&ids=us_rc_0000000000000000&commitId=x&sinceCommitId=us_vr_00000000&versionId=1")]
    [InlineData("since=yesterday&createdAfter=never&updatedBefore=x&archived=maybe&includeCounts=perhaps&distinct=2")]
    [InlineData("spaceId=us_sp_zzzzzzzz&environmentId=us_env_zzzzzzzz&sheetId=x&workbookId=%00&topic=%F0%9F")]
    public async Task EveryOperationRefusesTheQuery(string query)
    {
        foreach (var operation in OperationTable.All.Where(operation => !Streams.Contains(operation.Name) && !EndsTheStage(operation)))
        {
            await RefusedOrFineAsync(operation, query, operation.Method is "GET" or "DELETE" ? null : "{}"u8.ToArray(), query);
        }

        await AliveAsync();
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%00")]
    [InlineData("us_sp_%27%20OR%201=1--")]
    [InlineData("%F0%9F%98%80")]
    public async Task EveryIdIsLookedUpAndNothingElse(string id)
    {
        foreach (var operation in OperationTable.All.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal) && !Streams.Contains(operation.Name)))
        {
            var path = Parameter().Replace(operation.Path, id);
            await RefusedOrFineAsync(operation, path, "", operation.Method is "GET" or "DELETE" ? null : "{}"u8.ToArray(), id);
        }

        await AliveAsync();
    }

    [Fact]
    public async Task AMillionMembersAreReadOrRefusedAndTheServerGoesOn()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 1_000_000).Select(i => $"\"{i:x}\":0")) + "}";

        var reply = await _server.SendAsync("POST", "spaces", body);

        Assert.Equal(413, reply.Status);
        await AliveAsync();
    }

    [Fact]
    public async Task PackedNonsenseAndPackedBombsAreRefusedEverywhere()
    {
        var bomb = Pack(new byte[64 * 1024 * 1024]);
        Assert.True(bomb.Length < 500_000);
        foreach (var operation in OperationTable.All.Where(operation => operation.Name is "records.insert" or "records.update" or "spaces.create" or "jobs.create"))
        {
            foreach (var (body, expected) in new[] { (bomb, 413), ("not packed at all"u8.ToArray(), 400), (bomb[..^20], 413) })
            {
                using var request = Request(operation, Path(operation), "", body);
                request.Content!.Headers.ContentEncoding.Add("gzip");
                using var response = await _server.Client.SendAsync(request);
                Assert.True((int)response.StatusCode == expected || (int)response.StatusCode == 400, $"{operation.Name}: {(int)response.StatusCode}");
            }
        }

        await AliveAsync();
    }

    [Theory]
    [InlineData("""{"name":"W","spaceId":"SPACE","sheets":[{"name":"A","slug":"same","fields":[]},{"name":"B","slug":"same","fields":[]}]}""", "slug")]
    [InlineData("""{"name":"W","spaceId":"SPACE","sheets":[{"name":"A","slug":"a","fields":[{"key":"k","type":"string"},{"key":"k","type":"number"}]}]}""", "key")]
    [InlineData("""{"name":"W","spaceId":"SPACE","sheets":[{"name":"A","slug":"a","fields":[{"key":"k","type":"rainbow"},{"type":"string"}]},{"slug":7}]}""", "type")]
    public async Task AllFaultsOfASchemaAreNamedAtOnce(string body, string key)
    {
        var reply = await _server.SendAsync("POST", "workbooks", body.Replace("SPACE", _ids["spaceId"], StringComparison.Ordinal));

        Assert.Equal(400, reply.Status);
        var faults = reply.Json["errors"]!.AsArray();
        Assert.Contains(faults, fault => ((string?)fault!["key"])?.Contains(key, StringComparison.Ordinal) == true);
        Assert.DoesNotContain(await WorkbookNamesAsync(), name => name == "W2");
    }

    [Fact]
    public async Task ASheetOfFiveThousandFieldsIsRefusedByNumber()
    {
        var fields = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $$"""{"key":"f{{i}}","type":"string"}"""));

        var reply = await _server.SendAsync("POST", "workbooks", $$"""{"name":"Wide","spaceId":"{{_ids["spaceId"]}}","sheets":[{"name":"Wide","slug":"wide","fields":[{{fields}}]}]}""");

        Assert.True(reply.Status is 200 or 400, reply.Text);
        if (reply.Status == 400)
        {
            Assert.Contains("5000", reply.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SheetsMayReferToEachOtherInACircle()
    {
        var workbook = await _server.DataAsync("POST", "workbooks", $$"""
            {"name":"Circle","spaceId":"{{_ids["spaceId"]}}","sheets":[
              {"name":"A","slug":"a","fields":[{"key":"id","type":"string"},{"key":"b","type":"reference","config":{"ref":"b","key":"id"} }]},
              {"name":"B","slug":"b","fields":[{"key":"id","type":"string"},{"key":"a","type":"reference","config":{"ref":"a","key":"id"} },{"key":"self","type":"reference","config":{"ref":"b","key":"id"} }] }]}
            """);
        var (a, b) = ((string)workbook["sheets"]![0]!["id"]!, (string)workbook["sheets"]![1]!["id"]!);
        await _server.DataAsync("POST", $"sheets/{a}/records", """[{"id":{"value":"1"},"b":{"value":"2"}}]""");
        await _server.DataAsync("POST", $"sheets/{b}/records", """[{"id":{"value":"2"},"a":{"value":"1"},"self":{"value":"2"}}]""");

        var rows = await _server.DataAsync("GET", $"sheets/{a}/records?includeLinks=true");

        Assert.True((bool)rows["records"]![0]!["valid"]!);
    }

    private async Task<IEnumerable<string?>> WorkbookNamesAsync() =>
        (await _server.DataAsync("GET", $"workbooks?spaceId={_ids["spaceId"]}")).AsArray().Select(workbook => (string?)workbook!["name"]);

    /// <summary>What would take away the things the walk stands on.</summary>
    private static bool EndsTheStage(Operation operation) =>
        operation.Method == "DELETE" || operation.Name is "spaces.expire" or "sheets.lockSheet" or "spaces.archiveSpace" || Streams.Contains(operation.Name);

    private Task RefusedOrFineAsync(Operation operation, string query, byte[]? body, string what) => RefusedOrFineAsync(operation, Path(operation), query, body, what);

    private async Task RefusedOrFineAsync(Operation operation, string path, string query, byte[]? body, string what)
    {
        using var request = Request(operation, path, query, body);
        using var response = await _server.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var status = (int)response.StatusCode;
        if (status == 200)
        {
            return;
        }

        Assert.True(Refusals.Contains(status), $"{operation.Name} answered {status} to {what}: {text}");
        if (text.Length == 0 && path.Contains("%00", StringComparison.Ordinal))
        {
            // Refused below the application, before there is a call.
            return;
        }

        Assert.True(HasErrorShape(text) || (PubNub.Contains(operation.Name) && status == 403), $"{operation.Name} answered {status} to {what} with {text}");
    }

    private static bool HasErrorShape(string text)
    {
        try
        {
            return JsonNode.Parse(text)?["errors"] is JsonArray { Count: > 0 } errors && errors.All(error => (string?)error!["message"] is { Length: > 0 });
        }
        catch (JsonException)
        {
            // PubNub's dialect has its own form.
            return false;
        }
    }

    private string Path(Operation operation) =>
        Parameter().Replace(operation.Path, match => _ids.GetValueOrDefault(match.Groups[1].Value, "us_xx_00000000"));

    private HttpRequestMessage Request(Operation operation, string path, string query, byte[]? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(_server.Address, path + (query.Length > 0 ? "?" + query : "")));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private async Task AliveAsync() => Assert.Equal("x", (string?)(await _server.DataAsync("GET", $"sheets/{_ids["sheetId"]}/records?pageSize=1"))["records"]![0]!["values"]!["a"]!["value"]);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
