using Guides.Tests.Support;
using Flatfile.Api;

namespace Guides.Tests.Spaces;

/// <summary>Space-level looks and messages.</summary>
public sealed class BrandingAndTheming
{
    private const string Theme =
        """
        {"primaryColor":"#635BFF","secondaryColor":"#8B85FF","logo":"https://yoursite.com/logo.png","favicon":"https://yoursite.com/favicon.ico",
         "customStyles":".header { background: linear-gradient(135deg, #635BFF, #8B85FF); } .upload-area { border: 2px dashed #635BFF; }"}
        """;

    private const string Messages =
        """
        {"welcome":"Welcome to our partner data import portal","uploadInstructions":"Please upload your product catalog in CSV format",
         "completionMessage":"Thank you! Your data has been successfully imported."}
        """;

    [Fact]
    public async Task The_typed_client_reads_looks_and_messages_where_pages_look_for_them()
    {
        await using var server = await GuideServer.StartAsync();

        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Partner Data Import", Theme = Blueprints.Object(Theme), Messages = Blueprints.Object(Messages),
        });

        Assert.Equal("#8B85FF", (string?)space.Theme!["secondaryColor"]);
        Assert.Contains("linear-gradient", (string?)space.Metadata!["theme"]!["customStyles"], StringComparison.Ordinal);
        Assert.Equal("Thank you! Your data has been successfully imported.", (string?)space.Messages!["completionMessage"]);
        Assert.Equal((string?)space.Messages["welcome"], (string?)space.Metadata["messages"]!["welcome"]);
    }

    [Fact]
    public async Task Raw_HTTP_changes_the_theme_and_leaves_the_messages()
    {
        await using var server = await GuideServer.StartAsync();
        var id = (await server.RawAsync("POST", "spaces", $$"""{"name":"Partner Data Import","theme":{{Theme}},"messages":{{Messages}}}"""))["data"]!["id"];

        var space = (await server.RawAsync("PATCH", $"spaces/{id}", """{"theme":{"primaryColor":"#000000"}}"""))["data"]!;

        Assert.Equal("""{"primaryColor":"#000000"}""", space["theme"]!.ToJsonString());
        Assert.Equal("#000000", (string?)space["metadata"]!["theme"]!["primaryColor"]);
        Assert.Equal("Welcome to our partner data import portal", (string?)space["messages"]!["welcome"]);
    }
}
