using System.Text.Json.Nodes;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Organize spaces around specific projects.</summary>
public sealed class ProjectBasedSpaces
{
    [Fact]
    public async Task The_typed_client_keeps_a_projects_metadata()
    {
        await using var server = await GuideServer.StartAsync();

        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Apollo - Data Import",
            Description = "Import workspace for Apollo",
            Workbook = Blueprints.ProductWorkbook,
            Metadata = new JsonObject { ["projectId"] = 11, ["type"] = "project-workspace", ["createdAt"] = "2024-05-01T10:00:00.000Z" },
        });

        var read = await server.Client.Spaces.GetAsync(space.Id);
        Assert.Equal(11, (int)read.Metadata!["projectId"]!);
        Assert.Equal("2024-05-01T10:00:00.000Z", (string?)read.Metadata["createdAt"]);
        Assert.Equal("Import workspace for Apollo", read.Description);
    }

    [Fact]
    public async Task Raw_HTTP_finds_the_projects_space_by_its_name()
    {
        await using var server = await GuideServer.StartAsync();
        await server.RawAsync("POST", "spaces", """{"name":"Apollo - Data Import","metadata":{"projectId":11}}""");
        await server.RawAsync("POST", "spaces", """{"name":"Gemini - Data Import","metadata":{"projectId":12}}""");

        var found = (await server.RawAsync("GET", "spaces?search=apollo"))["data"]!.AsArray();

        Assert.Equal(11, (int)Assert.Single(found)!["metadata"]!["projectId"]!);
    }
}
