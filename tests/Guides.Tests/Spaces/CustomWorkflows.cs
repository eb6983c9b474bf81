using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Define space-specific workflows.</summary>
public sealed class CustomWorkflows
{
    private const string Steps =
        """
        {"steps":[
          {"id":"upload","name":"Upload Data","description":"Upload your CSV or Excel file"},
          {"id":"validate","name":"Validate Data","description":"Review and fix any data issues"},
          {"id":"enrich","name":"Enrich Data","description":"Add additional information"},
          {"id":"submit","name":"Submit","description":"Complete the import process"}]}
        """;

    [Fact]
    public async Task The_typed_client_completes_step_after_step()
    {
        await using var server = await GuideServer.StartAsync();
        var spaces = server.Client.Spaces;
        var space = await spaces.CreateAsync(new SpaceConfig { Name = "Multi-Step Import", Workflow = Blueprints.Object(Steps) });
        Assert.Equal("upload", (string?)space.Workflow!["currentStep"]);

        var current = new List<string?>();
        foreach (var step in new[] { "upload", "validate", "enrich", "submit", "submit" })
        {
            current.Add((string?)(await spaces.CompleteStepAsync(space.Id, step))["currentStep"]);
        }

        Assert.Equal(["validate", "enrich", "submit", null, null], current);
        var whole = await spaces.GetAsync(space.Id);
        Assert.NotNull(whole.Workflow!["completedAt"]);
        Assert.All(whole.Workflow["steps"]!.AsArray(), step => Assert.NotNull(step!["completedAt"]));
        Assert.Equal(SpaceStatus.Created, whole.Status);
        Assert.Equal(
            [Topics.SpaceCreated, Topics.SpaceStepCompleted, Topics.SpaceStepCompleted, Topics.SpaceStepCompleted, Topics.SpaceStepCompleted, Topics.SpaceWorkflowCompleted],
            await server.TopicsAsync(space.Id));
    }

    [Fact]
    public async Task Raw_HTTP_moves_the_current_step_and_keeps_what_is_done()
    {
        await using var server = await GuideServer.StartAsync();
        var id = (await server.RawAsync("POST", "spaces", $$"""{"name":"Multi-Step Import","workflow":{{Steps}}}"""))["data"]!["id"];
        await server.RawAsync("POST", $"spaces/{id}/workflow/steps/validate/complete");

        var moved = (await server.RawAsync("PATCH", $"spaces/{id}", """{"workflow":{"currentStep":"submit"}}"""))["data"]!["workflow"]!;

        Assert.Equal("submit", (string?)moved["currentStep"]);
        Assert.Equal(4, moved["steps"]!.AsArray().Count);
        Assert.NotNull(moved["steps"]![1]!["completedAt"]);
        var fewer = (await server.RawAsync("PATCH", $"spaces/{id}", """{"workflow":{"steps":[{"id":"validate","name":"Check"},{"id":"end","name":"End"}]}}"""))["data"]!["workflow"]!;
        Assert.NotNull(fewer["steps"]![0]!["completedAt"]);
        Assert.Equal("end", (string?)fewer["currentStep"]);
    }

    [Fact]
    public async Task Raw_HTTP_names_every_faulty_step()
    {
        await using var server = await GuideServer.StartAsync();

        var faults = await server.RawAsync(
            "POST", "spaces", """{"name":"x","workflow":{"steps":[{"id":"a","name":"A"},{"id":"a","name":"B"},{"name":"C"},7]}}""", 400);

        Assert.Equal(["workflow.steps[1].id", "workflow.steps[2]", "workflow.steps[3]"], faults["errors"]!.AsArray().Select(fault => (string?)fault!["key"]));
        var id = (await server.RawAsync("POST", "spaces", $$"""{"name":"x","workflow":{{Steps}}}"""))["data"]!["id"];
        await server.RawAsync("POST", $"spaces/{id}/workflow/steps/nowhere/complete", status: 404);
        await server.RawAsync("PATCH", $"spaces/{id}", """{"workflow":{"currentStep":"nowhere"}}""", 400);
    }
}
