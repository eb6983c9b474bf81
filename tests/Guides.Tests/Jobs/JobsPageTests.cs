using System.Text.Json;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Jobs;

/// <summary>The code of <c>docs/jobs.md</c> is the code that is compiled and run here.</summary>
public sealed class JobsPageTests
{
    [Theory]
    [InlineData("CheckNumbers.cs")]
    [InlineData("AddNumbers.cs")]
    public void The_snippets_are_those_that_are_compiled_here(string file)
    {
        var root = Repository();
        var snippet = File.ReadAllText(Path.Combine(root, "tests", "Guides.Tests", "Jobs", file)).Split("// snippet\n")[1].Split("// end")[0];

        Assert.Contains("```csharp\n" + snippet + "```", File.ReadAllText(Path.Combine(root, "docs", "jobs.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_are_gone_through_and_the_outcome_says_what_was_found()
    {
        await using var server = await GuideServer.StartAsync(_ => { });
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Numbers" });
        var workbook = await server.Client.Workbooks.CreateAsync(new WorkbookConfig
        {
            Name = "Numbers", SpaceId = space.Id, Sheets = [new SheetConfig { Name = "Numbers", Slug = "numbers", Fields = [new Property { Key = "n", Type = PropertyType.String }] }],
        });
        var sheet = workbook.Sheets[0].Id;
        var rows = Enumerable.Range(1, 5_000).Select(i => new Dictionary<string, CellValue> { ["n"] = new() { Value = JsonSerializer.SerializeToElement(i % 100 == 0 ? "none" : $"{i}") } });
        await server.Client.Records.InsertAsync(sheet, [.. rows]);
        var end = await EndAsync(server.Client, "sheet", "check", sheet);

        Assert.Equal("5000 rows checked, 50 are no numbers.", (string)end.Outcome!["message"]!);
        Assert.Equal(("id", sheet), ((string)end.Outcome["next"]!["type"]!, (string)end.Outcome["next"]!["id"]!));
    }

    [Fact]
    public async Task The_parts_are_added_up()
    {
        await using var server = await GuideServer.StartAsync(_ => { });
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Numbers" });
        var end = await EndAsync(server.Client, "space", "add", space.Id);

        Assert.Equal("The sum is 500500.", (string)end.Outcome!["message"]!);
    }

    private static async Task<Job> EndAsync(FlatfileClient client, string type, string operation, string source)
    {
        var job = await client.Jobs.CreateAsync(new JobConfig { Type = type, Operation = operation, Source = source, Trigger = JobTrigger.Immediate });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (job.Status is not (JobStatus.Complete or JobStatus.Failed))
        {
            await Task.Delay(50, limit.Token);
            job = await client.Jobs.GetAsync(job.Id, limit.Token);
        }

        return job;
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Flatfile.Agent.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run below the repository.");
        }

        return folder;
    }
}
