using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Files;

public class FileCallsTests
{
    [Fact]
    public async Task ADownloadIsAnAttachmentWithItsNameAndType()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync(), "Größe 1.html", "<script>alert(1)</script>");

        using var answer = await server.Client.GetAsync($"files/{file["id"]}/download");

        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Größe 1.html", answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(25, answer.Content.Headers.ContentLength);
        Assert.Equal("<script>alert(1)</script>", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("bytes=2-4", HttpStatusCode.PartialContent, "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", HttpStatusCode.PartialContent, "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", HttpStatusCode.PartialContent, "789", "bytes 7-9/10")]
    [InlineData("bytes=8-100", HttpStatusCode.PartialContent, "89", "bytes 8-9/10")]
    [InlineData("bytes=0-", HttpStatusCode.OK, "0123456789", null)]
    [InlineData("bytes=-100", HttpStatusCode.OK, "0123456789", null)]
    [InlineData("bytes=1-2,4-5", HttpStatusCode.OK, "0123456789", null)]
    public async Task APartOfAFileCanBeFetched(string range, HttpStatusCode status, string expected, string? contentRange)
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync(), content: "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"files/{file["id"]}/download") { Headers = { Range = RangeHeaderValue.Parse(range) } };

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, answer.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    public async Task APartBehindTheEndIsRefused(string range)
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync(), content: "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"files/{file["id"]}/download") { Headers = { Range = RangeHeaderValue.Parse(range) } };

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
    }

    [Fact]
    public async Task APartOfAnotherVersionIsAnsweredWithTheWholeFile()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync(), content: "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"files/{file["id"]}/download");
        request.Headers.Range = new RangeHeaderValue(2, 4);
        request.Headers.IfRange = new RangeConditionHeaderValue("\"other\"");

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal("0123456789", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AnEmptyFileIsAFileToo()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync(), content: "");

        Assert.Equal(0, (int)file["size"]!);
        Assert.Equal("", await server.Client.GetStringAsync($"files/{file["id"]}/download"));
    }

    [Fact]
    public async Task BytesThatAreMissingAreSaidToBeMissing()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync());
        File.Delete(server.Bytes().Single());

        Assert.Equal(503, (await server.SendAsync("GET", $"files/{file["id"]}/download")).Status);
        Assert.Equal(503, (await server.SendAsync("POST", $"files/{file["id"]}/clone", "{}")).Status);
        Assert.Equal(200, (await server.SendAsync("GET", $"files/{file["id"]}")).Status);
    }

    [Fact]
    public async Task FilesAreListedByPageAndMode()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        foreach (var n in Enumerable.Range(1, 5))
        {
            await server.UploadAsync(space, $"{n}.csv", mode: n == 5 ? "export" : null);
        }

        var page = await server.SendAsync("GET", $"files?spaceId={space}&pageSize=2&pageNumber=2");

        Assert.Equal(["3.csv", "4.csv"], Names(page.Json["data"]!));
        Assert.Equal(5, (int)page.Json["pagination"]!["totalCount"]!);
        Assert.Equal(3, (int)page.Json["pagination"]!["pageCount"]!);
        Assert.Equal(["5.csv"], Names(await server.DataAsync("GET", $"files?spaceId={space}&mode=export")));
        Assert.Equal(5, (await server.DataAsync("GET", "files")).AsArray().Count);
    }

    [Fact]
    public async Task AnUpdateChangesWhatIsGivenAndSaysStatusAndWorkbook()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = await server.UploadAsync(space);
        var workbook = await WorkbookAsync(server, space);

        var updated = await server.DataAsync(
            "PATCH", $"files/{file["id"]}", $$"""{"workbookId":"{{workbook}}","name":"[done] a.csv","status":"analyzed","mode":null,"size":1,"sha256":"x","note":"kept"}""");

        Assert.Equal("[done] a.csv", (string?)updated["name"]);
        Assert.Equal("import", (string?)updated["mode"]);
        Assert.Equal((int)file["size"]!, (int)updated["size"]!);
        Assert.Equal((string?)file["sha256"], (string?)updated["sha256"]);
        Assert.Equal("kept", (string?)updated["note"]);
        var said = Assert.Single(await server.EventsAsync(space, "file:updated"));
        Assert.Equal("""{"status":"analyzed","workbookId":"WB"}""".Replace("WB", workbook), said["payload"]!.ToJsonString());
        Assert.Equal((string?)file["id"], (string?)said["context"]!["fileId"]);
        var cleared = await server.DataAsync("PATCH", $"files/{file["id"]}", """{"workbookId":null}""");
        Assert.Null(cleared["workbookId"]);
    }

    [Theory]
    [InlineData("""{"status":"done"}""")]
    [InlineData("""{"mode":"both"}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"workbookId":"us_wb_00000000"}""")]
    [InlineData("""{"actions":{}}""")]
    public async Task AWrongUpdateIsRefusedAndNothingIsSaid(string body)
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = await server.UploadAsync(space);

        Assert.Equal(400, (await server.SendAsync("PATCH", $"files/{file["id"]}", body)).Status);
        Assert.Empty(await server.EventsAsync(space, "file:updated"));
    }

    [Fact]
    public async Task DeletingAFileRemovesItsBytesAndItsOwnWorkbook()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = await server.UploadAsync(space);
        var workbook = await WorkbookAsync(server, space);
        await server.DataAsync("PATCH", $"files/{file["id"]}", $$"""{"workbookId":"{{workbook}}"}""");

        await server.DataAsync("DELETE", $"files/{file["id"]}");

        Assert.Empty(server.Bytes());
        Assert.Equal(404, (await server.SendAsync("GET", $"files/{file["id"]}")).Status);
        Assert.Equal(404, (await server.SendAsync("GET", $"files/{file["id"]}/download")).Status);
        Assert.Equal(404, (await server.SendAsync("GET", $"workbooks/{workbook}")).Status);
        Assert.Equal(["workbook:deleted", "file:deleted"], (await server.TopicsAsync(space)).TakeLast(2));
        Assert.Equal(404, (await server.SendAsync("DELETE", $"files/{file["id"]}")).Status);
    }

    [Fact]
    public async Task DeletingAFileSparesTheWorkbookPeopleWorkIn()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync("""{"workbook":{"name":"W","sheets":[{"name":"S","fields":[{"key":"a","type":"string"}]}]}}""");
        var primary = (string)(await server.DataAsync("GET", $"spaces/{space}"))["primaryWorkbookId"]!;
        var file = await server.UploadAsync(space);
        await server.DataAsync("PATCH", $"files/{file["id"]}", $$"""{"workbookId":"{{primary}}"}""");

        await server.DataAsync("DELETE", $"files/{file["id"]}");

        Assert.Equal(200, (await server.SendAsync("GET", $"workbooks/{primary}")).Status);
    }

    [Fact]
    public async Task ACloneIsAFileOfItsOwn()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = await server.UploadAsync(space, content: "abc");

        var clone = await server.DataAsync("POST", $"files/{file["id"]}/clone", """{"prefix":"2nd "}""");
        await server.DataAsync("DELETE", $"files/{file["id"]}");

        Assert.Equal("2nd a.csv", (string?)clone["name"]);
        Assert.Equal((string?)file["sha256"], (string?)clone["sha256"]);
        Assert.Equal("abc", await server.Client.GetStringAsync($"files/{clone["id"]}/download"));
        Assert.Equal(2, (await server.EventsAsync(space, "file:created")).Length);
    }

    [Fact]
    public async Task AnotherEnvironmentSeesNothingOfAFile()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var id = (string?)(await server.UploadAsync(space))["id"];
        var (_, stranger) = await server.OtherEnvironmentAsync();

        Assert.Equal(404, (await server.SendAsync("GET", $"files/{id}", client: stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("GET", $"files/{id}/download", client: stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("PATCH", $"files/{id}", "{}", stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("POST", $"files/{id}/clone", "{}", stranger)).Status);
        Assert.Equal(404, (await server.SendAsync("DELETE", $"files/{id}", client: stranger)).Status);
        Assert.Empty((await server.DataAsync("GET", "files", client: stranger)).AsArray());
    }

    [Theory]
    [InlineData("""{"options":{"algorithm":"default"},"data":[["","x"],["a","b"],["1","2"]]}""", """{"header":["a","b"],"headerRow":2,"letters":["A","B"]}""")]
    [InlineData("""{"options":{"algorithm":"aiDetection","rowsToSearch":1},"data":[["","x"],["a","b"]]}""", """{"header":["","x"],"headerRow":1,"letters":["A","B"]}""")]
    [InlineData("""{"options":{"algorithm":"explicitHeaders","headers":["p","q"],"skip":3},"data":[]}""", """{"header":["p","q"],"headerRow":3,"letters":["A","B"]}""")]
    [InlineData("""{"options":{"algorithm":"specificRows","rowNumbers":[0,2]},"data":[["a","b"],["-"],["1",null,"3"]]}""", """{"header":["a 1","b","3"],"headerRow":3,"letters":["A","B","C"]}""")]
    [InlineData("""{"options":{"algorithm":"default"},"data":[]}""", """{"header":[],"headerRow":0,"letters":[]}""")]
    [InlineData("""{"options":{"algorithm":"dataRowAndSubHeaderDetection"},"data":[["made by","me","x","y"],["Name","Age","City","Zip"],["Jo","7","","1"]]}""", """{"header":["Name","Age","City","Zip"],"headerRow":2,"letters":["A","B","C","D"]}""")]
    [InlineData("""{"options":{"algorithm":"dataRowAndSubHeaderDetection"},"data":[["Person Name","Home City"],["name","city"],["Jo","Ulm"]]}""", """{"header":["name","city"],"headerRow":2,"letters":["A","B"]}""")]
    [InlineData("""{"options":{"algorithm":"dataRowAndSubHeaderDetection"},"data":[["Person Name","Home City"],["Jo","Ulm"],["name","city"]]}""", """{"header":["name","city"],"headerRow":3,"letters":["A","B"]}""")]
    [InlineData("""{"options":{"algorithm":"dataRowAndSubHeaderDetection","rowsToSearch":2},"data":[["a","b"],["c","d"],["a","b"]]}""", """{"header":["a","b"],"headerRow":1,"letters":["A","B"]}""")]
    [InlineData("""{"options":{"algorithm":"dataRowAndSubHeaderDetection"},"data":[]}""", """{"header":[],"headerRow":0,"letters":[]}""")]
    public async Task AHeaderIsFound(string body, string expected)
    {
        await using var server = await SpacesServer.StartAsync();

        Assert.Equal(expected, (await server.DataAsync("POST", "files/detect-header", body)).ToJsonString());
    }

    [Theory]
    [InlineData("""{"options":{"algorithm":"guess"},"data":[]}""", 400)]
    [InlineData("""{"options":{"algorithm":"specificRows","rowNumbers":[5]},"data":[["a"]]}""", 400)]
    [InlineData("""{"options":{"algorithm":"default","rowsToSearch":-1},"data":[["a"]]}""", 400)]
    [InlineData("""{"options":{"algorithm":"default"},"data":["a"]}""", 400)]
    [InlineData("{}", 400)]
    public async Task AHeaderThatCannotBeFoundIsSaidSo(string body, int status)
    {
        await using var server = await SpacesServer.StartAsync();

        Assert.Equal(status, (await server.SendAsync("POST", "files/detect-header", body)).Status);
    }

    private static IEnumerable<string?> Names(JsonNode files) => files.AsArray().Select(file => (string?)file!["name"]);

    private static async Task<string> WorkbookAsync(SpacesServer server, string space) => (string)(await server.DataAsync(
        "POST", "workbooks", $$"""{"name":"[file] a","spaceId":"{{space}}","labels":["file"],"sheets":[{"name":"S","fields":[{"key":"a","type":"string"}]}]}"""))["id"]!;

    [Fact]
    public async Task ACopyOfARenamedFileIsOfTheSameKindAsItsBytes()
    {
        await using var server = await SpacesServer.StartAsync();
        var file = await server.UploadAsync(await server.SpaceAsync(), "data.csv");
        await server.DataAsync("PATCH", $"files/{file["id"]}", """{"name":"contacts.xlsx"}""");

        var copy = await server.DataAsync("POST", $"files/{file["id"]}/clone", """{"prefix":"my "}""");

        Assert.Equal(("my contacts.xlsx", "csv", "text/csv"), ((string)copy["name"]!, (string)copy["ext"]!, (string)copy["mimetype"]!));
    }

    [Fact]
    public async Task ALostFolderOfBytesIsToldAndTakesNewOnes()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var file = (string)(await server.UploadAsync(space))["id"]!;
        Directory.Delete((await server.SpaceFolderAsync(space)).Files, recursive: true);

        Assert.Equal(503, (await server.SendAsync("GET", $"files/{file}/download")).Status);
        Assert.Equal(503, (await server.SendAsync("POST", $"files/{file}/clone", "{}")).Status);
        Assert.Equal("a,b\n1,2\n", (await server.SendAsync("GET", $"files/{(await server.UploadAsync(space))["id"]}/download")).Text);
    }
}
