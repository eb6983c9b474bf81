using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Dedupe;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Dedupe;

/// <summary>A sheet of people with mail and name and age in the real Spaces, and jobs on it.</summary>
internal sealed class DedupeBench(HookedSheet sheet) : IAsyncDisposable
{
    public HookedSheet Sheet => sheet;

    public FlatfileClient Client => sheet.Client;

    public static async Task<DedupeBench> StartAsync() => new(await HookedSheet.StartAsync(new SheetConfig
    {
        Name = "People",
        Slug = "people",
        Fields =
        [
            new() { Key = "mail", Type = PropertyType.String },
            new() { Key = "name", Type = PropertyType.String },
            new() { Key = "age", Type = PropertyType.Number },
        ],
    }));

    public async Task<TestJobContext> JobAsync(string operation, JsonObject? input)
    {
        var job = await Client.Jobs.CreateAsync(new JobConfig { Type = "sheet", Operation = operation, Source = sheet.Sheet.Id, Input = input });
        return new TestJobContext(new { sheetId = sheet.Sheet.Id }, job.Id);
    }

    public async Task<JobResult> DedupeAsync(JsonObject input, params DuplicateChoice[] choices) =>
        await RunAsync(await JobAsync("dedupe", input), Client, choices);

    public Task<JobResult> RunAsync(TestJobContext context, FlatfileClient client, params DuplicateChoice[] choices) =>
        new RemoveDuplicates(client, new Contributions<DuplicateChoice>(choices)).RunAsync(context, CancellationToken.None);

    public async Task<JobResult> UndoAsync(string? snapshotId = null) =>
        await new UndoRemoval(Client).RunAsync(await JobAsync("dedupe-undo", snapshotId is null ? null : new JsonObject { ["snapshotId"] = snapshotId }), CancellationToken.None);

    /// <summary>Each row as <c>mail/name/age</c>.</summary>
    public async Task<List<string>> RowsAsync() =>
        [.. (await sheet.RowsAsync()).Select(r => $"{r.Values["mail"].Value}/{r.Values["name"].Value}/{r.Values["age"].Value}")];

    public ValueTask DisposeAsync() => sheet.DisposeAsync();
}
