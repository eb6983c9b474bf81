using System.Text.Json.Nodes;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Build a system for creating standardized spaces.</summary>
public sealed class SpaceTemplatingSystem
{
    [Fact]
    public async Task Overrides_replace_members_and_metadata_is_merged()
    {
        await using var server = await GuideServer.StartAsync();
        var templates = new SpaceTemplates(server.Client);
        templates.Register("customer-onboarding", new SpaceConfig
        {
            Workbook = Blueprints.CustomerWorkbook,
            Theme = Blueprints.Object("""{"primaryColor":"#635BFF"}"""),
            Workflow = Blueprints.Object("""{"steps":[{"id":"upload","name":"Upload Data"}]}"""),
            Metadata = new JsonObject { ["region"] = "eu", ["tier"] = "free" },
        });

        var space = await templates.CreateAsync(
            "customer-onboarding", new SpaceConfig { Name = "Acme Corp - Customer Import", Metadata = new JsonObject { ["tier"] = "paid" } });

        Assert.Equal("Acme Corp - Customer Import", space.Name);
        Assert.Equal("#635BFF", (string?)space.Theme!["primaryColor"]);
        Assert.Equal("upload", (string?)space.Workflow!["currentStep"]);
        Assert.Equal(("eu", "paid"), ((string?)space.Metadata!["region"], (string?)space.Metadata["tier"]));
        Assert.Equal("customer-onboarding", (string?)space.Metadata["template"]);
        Assert.True(DateTimeOffset.TryParse((string?)space.Metadata["createdAt"], out _));
    }

    [Fact]
    public async Task An_unknown_template_is_named_beside_the_known_ones()
    {
        await using var server = await GuideServer.StartAsync();
        var templates = new SpaceTemplates(server.Client);
        templates.Register("customer-onboarding", new SpaceConfig());

        var fault = await Assert.ThrowsAsync<KeyNotFoundException>(() => templates.CreateAsync("customer-onbording"));

        Assert.Equal("There is no space template 'customer-onbording'. Registered: customer-onboarding.", fault.Message);
    }
}
