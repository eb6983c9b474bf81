using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Handler = Flatfile.Agent.Handlers.ConfigureSpace.ConfigureSpace;

namespace Flatfile.Agent.Handlers.Tests.ConfigureSpace;

public sealed class ConfigureSpaceTests
{
    private readonly FlatfileDouble _flatfile = new();
    private readonly string _spaceId;

    public ConfigureSpaceTests() => _spaceId = _flatfile.AddSpace();

    [Fact]
    public async Task ASpaceGetsItsWorkbookItsDocumentAndItsPrimary()
    {
        var result = await RunAsync(new Blueprint());

        var workbook = Assert.Single(_flatfile.Workbooks).Value;
        Assert.Equal((_spaceId, "us_env_1", "CRM"), ((string)workbook["spaceId"]!, (string)workbook["environmentId"]!, (string)workbook["name"]!));
        Assert.Equal((string)workbook["id"]!, (string)_flatfile.Spaces[_spaceId]["primaryWorkbookId"]!);
        Assert.Equal("Read me", (string)Assert.Single(_flatfile.Documents).Value["title"]!);
        Assert.Equal("The space holds what these blueprints want: CRM.", result.Message);
    }

    [Fact]
    public async Task ASecondRunChangesNothing()
    {
        await RunAsync(new Blueprint());
        var changes = _flatfile.Changes.Count;

        await RunAsync(new Blueprint(), "us_jb_second");

        Assert.Equal(changes, _flatfile.Changes.Count);
    }

    [Fact]
    public async Task ARunAgainAfterADeathCreatesNothingTwice()
    {
        for (var death = 1; death <= 3; death++)
        {
            var flatfile = new FlatfileDouble();
            var spaceId = flatfile.AddSpace();
            var changes = 0;
            flatfile.After = call => _ = !call.StartsWith("GET", StringComparison.Ordinal) && ++changes == death ? throw new Crash() : 0;
            await Assert.ThrowsAsync<Crash>(() => RunAsync(flatfile, spaceId, "us_jb_1", new Blueprint()));

            await RunAsync(flatfile, spaceId, "us_jb_1", new Blueprint());

            Assert.Single(flatfile.Workbooks);
            Assert.Single(flatfile.Documents);
            Assert.NotNull(flatfile.Spaces[spaceId]["primaryWorkbookId"]);
        }
    }

    [Fact]
    public async Task WhatIsMissingOrDifferentIsChangedAndWhatAPersonAddedStays()
    {
        await RunAsync(new Blueprint());
        var people = _flatfile.Workbooks.Values.Single()["sheets"]![0]!["config"]!;
        people["fields"]!.AsArray().RemoveAt(0);
        people["fields"]!.AsArray().Add((JsonNode)new JsonObject { ["key"] = "mine", ["type"] = "string" });
        _flatfile.Workbooks.Values.Single()["sheets"]!.AsArray().RemoveAt(1);
        _flatfile.Documents.Values.Single()["body"] = "old";
        _flatfile.Changes.Clear();

        await RunAsync(new Blueprint(), "us_jb_second");

        var sheets = _flatfile.Workbooks.Values.Single()["sheets"]!.AsArray();
        Assert.Equal(["id", "name", "mine"], sheets[0]!["config"]!["fields"]!.AsArray().Select(f => (string)f!["key"]!));
        Assert.Equal(["people", "deals"], sheets.Select(s => (string)s!["slug"]!));
        Assert.Equal("new", (string)_flatfile.Documents.Values.Single()["body"]!);
        Assert.Equal(2, _flatfile.Changes.Count);

        await RunAsync(new Blueprint(), "us_jb_third");
        Assert.Equal(2, _flatfile.Changes.Count);
    }

    [Fact]
    public async Task WithoutABlueprintThatFitsTheJobCompletesAndTheSpaceStays()
    {
        var result = await RunAsync(new NotForThisSpace());

        Assert.Equal("No blueprint is meant for this space; it stays as it is.", result.Message);
        Assert.Empty(_flatfile.Changes);
    }

    [Fact]
    public async Task APrimaryWorkbookThatIsSetStays()
    {
        _flatfile.Spaces[_spaceId]["primaryWorkbookId"] = "us_wb_other";

        await RunAsync(new Blueprint());

        Assert.Equal("us_wb_other", (string)_flatfile.Spaces[_spaceId]["primaryWorkbookId"]!);
    }

    private Task<JobResult> RunAsync(SpaceBlueprint blueprint, string jobId = "us_jb_1") => RunAsync(_flatfile, _spaceId, jobId, blueprint);

    private static async Task<JobResult> RunAsync(FlatfileDouble flatfile, string spaceId, string jobId, SpaceBlueprint blueprint)
    {
        using var client = flatfile.Client();
        var context = new TestJobContext(new { spaceId, environmentId = "us_env_1" }, jobId);
        return await new Handler(client, new Contributions<SpaceBlueprint>(blueprint)).RunAsync(context, CancellationToken.None);
    }

    private class Blueprint : SpaceBlueprint
    {
        public override string Name => "CRM";

        public override IReadOnlyList<WorkbookConfig> Workbooks =>
        [
            new WorkbookConfig
            {
                Name = "CRM",
                Settings = new JsonObject { ["trackChanges"] = true },
                Actions = [new FlatfileAction { Label = "Submit", Operation = "submit", Primary = true }],
                Sheets =
                [
                    new SheetConfig { Name = "People", Slug = "people", Fields = [new Property { Key = "id", Type = "number" }, new Property { Key = "name", Type = "string", Label = "Name" }] },
                    new SheetConfig { Name = "Deals", Slug = "deals", Fields = [new Property { Key = "id", Type = "number" }] },
                ],
            },
        ];

        public override IReadOnlyList<DocumentConfig> Documents => [new DocumentConfig { Title = "Read me", Body = "new" }];
    }

    private sealed class NotForThisSpace : Blueprint
    {
        public override bool AppliesTo(Space space) => false;
    }
}
