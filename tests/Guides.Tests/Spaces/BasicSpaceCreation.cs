using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Create a simple space with workbook configuration.</summary>
public sealed class BasicSpaceCreation
{
    [Fact]
    public async Task The_typed_client_creates_a_space_with_its_workbook()
    {
        await using var server = await GuideServer.StartAsync();

        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Customer Data Import", Workbook = Blueprints.CustomerWorkbook });

        Assert.StartsWith("us_sp_", space.Id, StringComparison.Ordinal);
        var workbook = await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!);
        Assert.Equal("Customer Onboarding", workbook.Name);
        Assert.Equal(["name", "email"], Assert.Single(workbook.Sheets!).Config.Fields.Select(field => field.Key));
        Assert.Equal([Topics.SpaceCreated, Topics.WorkbookCreated, Topics.SheetCreated, Topics.SpaceConfigured], await server.TopicsAsync(space.Id));
    }

    [Fact]
    public async Task Raw_HTTP_creates_a_space_with_its_workbook()
    {
        await using var server = await GuideServer.StartAsync();

        var space = (await server.RawAsync("POST", "spaces", $$"""{"name":"Customer Data Import","workbook":{{Blueprints.Json(Blueprints.CustomerWorkbook)}}}"""))["data"]!;

        var workbook = (await server.RawAsync("GET", $"workbooks/{space["primaryWorkbookId"]}"))["data"]!;
        Assert.Equal("Customer Onboarding", (string?)workbook["name"]);
        Assert.Equal("configured", (string?)space["status"]);
    }
}
