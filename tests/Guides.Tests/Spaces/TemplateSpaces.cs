using System.Text.Json.Nodes;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Create reusable space templates.</summary>
public sealed class TemplateSpaces
{
    [Fact]
    public async Task The_typed_client_creates_from_a_template_with_customizations()
    {
        await using var server = await GuideServer.StartAsync();
        var templates = new SpaceTemplates(server.Client);
        templates.Register("customer-import", new SpaceConfig { Name = "Customer Data Import", Workbook = Blueprints.CustomerWorkbook });
        templates.Register("product-import", new SpaceConfig { Name = "Product Catalog Import", Workbook = Blueprints.ProductWorkbook });

        var space = await templates.CreateAsync("product-import", new SpaceConfig { Name = "Acme Corp - Product Catalog" });

        Assert.Equal("Acme Corp - Product Catalog", space.Name);
        Assert.Equal("Product Catalog", (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Name);
        Assert.Equal(["customer-import", "product-import"], templates.Names);
    }

    [Fact]
    public async Task Raw_HTTP_creates_from_a_space_that_is_an_app_template()
    {
        await using var server = await GuideServer.StartAsync();
        await server.RawAsync("POST", "spaces", """{"name":"The template","isAppTemplate":true,"appId":"us_app_12345678"}""");
        await server.RawAsync("POST", "spaces", """{"name":"A space of the app","appId":"us_app_12345678"}""");

        var found = (await server.RawAsync("GET", "spaces?appId=us_app_12345678&isAppTemplate=true&sortField=createdAt&sortDirection=asc"))["data"]!.AsArray();

        Assert.Equal("The template", (string?)Assert.Single(found)!["name"]);
    }
}
