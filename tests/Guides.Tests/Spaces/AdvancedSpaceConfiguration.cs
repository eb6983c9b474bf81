using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Configure a space with custom settings: access, blueprint, looks, metadata.</summary>
public sealed class AdvancedSpaceConfiguration
{
    private const string Snippet =
        """
        {
          "name": "Product Catalog Import", "description": "Import and validate product catalog data",
          "guestAccess": true, "allowedDomains": ["@yourcompany.com"],
          "workbook": {
            "name": "Product Catalog", "sheets": [SHEETS],
            "actions": [{"operation": "validate-skus", "label": "Validate SKUs", "description": "Check SKU uniqueness and format"}]
          },
          "theme": {"primaryColor": "#635BFF", "logo": "https://yoursite.com/logo.png"},
          "metadata": {"project": "Q1-2024-catalog-update", "department": "marketing", "priority": "high"}
        }
        """;

    [Fact]
    public async Task The_typed_client_sets_everything_in_one_call()
    {
        await using var server = await GuideServer.StartAsync();
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Product Catalog Import",
            Description = "Import and validate product catalog data",
            GuestAccess = true,
            AllowedDomains = ["@yourcompany.com"],
            Workbook = Blueprints.ProductWorkbook with
            {
                Actions = [new FlatfileAction { Operation = "validate-skus", Label = "Validate SKUs", Description = "Check SKU uniqueness and format" }],
            },
            Theme = Blueprints.Object("""{"primaryColor":"#635BFF","logo":"https://yoursite.com/logo.png"}"""),
            Metadata = Blueprints.Object("""{"project":"Q1-2024-catalog-update","department":"marketing","priority":"high"}"""),
        });

        var read = await server.Client.Spaces.GetAsync(space.Id);

        Assert.Equal("Import and validate product catalog data", read.Description);
        Assert.Equal(["shared_link", "magic_link"], read.GuestAuthentication);
        Assert.NotNull(read.GuestLink);
        Assert.Equal("https://yoursite.com/logo.png", (string?)read.Theme!["logo"]);
        Assert.Equal("high", (string?)read.Metadata!["priority"]);
        var workbook = await server.Client.Workbooks.GetAsync(read.PrimaryWorkbookId!);
        Assert.Equal(["products", "categories"], workbook.Sheets!.Select(sheet => sheet.Slug));
        Assert.Equal("validate-skus", Assert.Single(workbook.Actions!).Operation);
    }

    [Fact]
    public async Task Raw_HTTP_answers_every_member_of_the_snippet()
    {
        await using var server = await GuideServer.StartAsync();
        var sheets = string.Join(',', Blueprints.Object(Blueprints.Json(Blueprints.ProductWorkbook))["sheets"]!.AsArray().Select(sheet => sheet!.ToJsonString()));
        var sent = Blueprints.Object(Snippet.Replace("SHEETS", sheets, StringComparison.Ordinal));

        var id = (string)(await server.RawAsync("POST", "spaces", sent.ToJsonString()))["data"]!["id"]!;
        var space = (await server.RawAsync("GET", $"spaces/{id}"))["data"]!;

        foreach (var member in new[] { "name", "description", "guestAccess", "allowedDomains", "theme" })
        {
            Assert.Equal(sent[member]!.ToJsonString(), space[member]!.ToJsonString());
        }

        Assert.Equal("marketing", (string?)space["metadata"]!["department"]);
    }
}
