using System.Text;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>A space is comprised of workbooks, files, users, documents, themes and metadata, and each space has its own.</summary>
public sealed class Anatomy
{
    [Fact]
    public async Task The_typed_client_finds_every_part_of_a_space()
    {
        await using var server = await GuideServer.StartAsync();
        var flatfile = server.Client;
        var space = await flatfile.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Acme Corp - Customer Import",
            Workbook = Blueprints.CustomerWorkbook,
            Users = [new SpaceUser { Email = "owner@acme.com", Role = "owner" }],
            Theme = Blueprints.Object("""{"primaryColor":"#635BFF"}"""),
            Metadata = Blueprints.Object("""{"project":"q1"}"""),
        });
        var document = await flatfile.Documents.CreateAsync(space.Id, new DocumentConfig { Title = "Build guide", Body = "# Welcome" });
        var file = await flatfile.Files.UploadAsync(
            space.Id, server.EnvironmentId, "customers.csv", new MemoryStream("name,email\nAda,ada@acme.com\n"u8.ToArray()));

        var whole = await flatfile.Spaces.GetAsync(space.Id);

        Assert.Equal(["owner@acme.com"], whole.Users!.Select(user => user.Email));
        Assert.Equal([file.Id], whole.Files!.Select(one => one.Id));
        Assert.Equal("#635BFF", (string?)whole.Theme!["primaryColor"]);
        Assert.Equal("#635BFF", (string?)whole.Metadata!["theme"]!["primaryColor"]);
        Assert.Equal("q1", (string?)whole.Metadata["project"]);
        var workbook = await flatfile.Workbooks.GetAsync(whole.PrimaryWorkbookId!);
        Assert.Equal("customers", Assert.Single(workbook.Sheets!).Slug);
        Assert.Equal("Build guide", (await flatfile.Documents.GetAsync(space.Id, document.Id)).Title);
        await using var bytes = await flatfile.Files.DownloadAsync(file.Id);
        Assert.Equal("name,email\nAda,ada@acme.com\n", await new StreamReader(bytes).ReadToEndAsync());
    }

    [Fact]
    public async Task Raw_HTTP_finds_what_is_in_one_space_in_no_other()
    {
        await using var server = await GuideServer.StartAsync();
        var first = (string)(await server.RawAsync("POST", "spaces", """{"name":"First customer"}"""))["data"]!["id"]!;
        var second = (string)(await server.RawAsync("POST", "spaces", """{"name":"Second customer"}"""))["data"]!["id"]!;
        await server.RawAsync("POST", $"spaces/{first}/documents", """{"title":"Only here","body":"text"}""");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(first), "spaceId" },
            { new StringContent(server.EnvironmentId), "environmentId" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes("a,b\n1,2\n")), "file", "only-here.csv" },
        };
        (await server.Http.PostAsync("files", form)).EnsureSuccessStatusCode();

        Assert.Equal("Only here", (string?)(await server.RawAsync("GET", $"spaces/{first}/documents"))["data"]![0]!["title"]);
        Assert.Empty((await server.RawAsync("GET", $"spaces/{second}/documents"))["data"]!.AsArray());
        Assert.Equal("only-here.csv", (string?)(await server.RawAsync("GET", $"files?spaceId={first}"))["data"]![0]!["name"]);
        Assert.Empty((await server.RawAsync("GET", $"files?spaceId={second}"))["data"]!.AsArray());
    }
}
