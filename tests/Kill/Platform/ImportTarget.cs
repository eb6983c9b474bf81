using System.Text.Json;
using Kill.Checking;
using Kill.Load;

namespace Kill.Platform;

/// <summary>The spaces that files are imported into, each with a sheet that takes their rows.</summary>
internal sealed class ImportTarget(SpacesServer spaces, string environmentId, IReadOnlyList<string> spaceIds, IReadOnlyList<string> sheetIds)
{
    private const int Spaces = 4;

    public string EnvironmentId => environmentId;

    public IReadOnlyList<string> SpaceIds => spaceIds;

    public static async Task<ImportTarget> MakeAsync(SpacesServer spaces)
    {
        var environment = Text((await spaces.GetAsync("environments"))[0], "id");
        var (spaceIds, sheetIds) = (new List<string>(), new List<string>());
        for (var number = 1; number <= Spaces; number++)
        {
            var space = Text(await spaces.PostAsync("spaces", $$"""{"name":"Kills {{number}}","environmentId":"{{environment}}","autoConfigure":false}"""), "id");
            var workbook = await spaces.PostAsync("workbooks", $$$"""
                {"name":"All rows","spaceId":"{{{space}}}","environmentId":"{{{environment}}}","sheets":[{"name":"Rows","slug":"rows","fields":[
                  {"key":"key","type":"string"},{"key":"name","type":"string"},{"key":"amount","type":"string"},{"key":"note","type":"string"}]}]}
                """);
            await spaces.PatchAsync($"spaces/{space}", $$"""{"primaryWorkbookId":"{{Text(workbook, "id")}}"}""");
            spaceIds.Add(space);
            sheetIds.Add(Text(workbook.GetProperty("sheets")[0], "id"));
        }

        return new ImportTarget(spaces, environment, spaceIds, sheetIds);
    }

    /// <summary>Everything as it is now.</summary>
    public async Task<KillHistory> ReadAsync(IReadOnlyList<PlannedFile> plan, IReadOnlyList<PlatformCall> calls)
    {
        var (files, jobs, mapped) = (new List<PlatformFile>(), new List<PlatformJob>(), new List<string>());
        foreach (var (space, sheet) in spaceIds.Zip(sheetIds))
        {
            mapped.AddRange(await KeysAsync(sheet));
            foreach (var file in await spaces.AllAsync($"files?spaceId={space}"))
            {
                files.Add(new PlatformFile(Text(file, "id"), Text(file, "name"), await RowsAsync(file)));
            }

            var ends = (await spaces.AllAsync($"events?spaceId={space}&includeAcknowledged=true"))
                .Where(e => Text(e, "topic") is "job:completed" or "job:failed" || (Text(e, "topic") == "job:updated" && TextOrNull(e.GetProperty("payload"), "status") == "canceled"))
                .GroupBy(e => Text(e.GetProperty("context"), "jobId")).ToDictionary(g => g.Key, g => g.Count());
            foreach (var job in (await spaces.AllAsync($"jobs?spaceId={space}")).Where(j => Text(j, "operation") is "extract" or "automap"))
            {
                var id = Text(job, "id");
                jobs.Add(new PlatformJob(
                    id, Text(job, "operation"), TextOrNull(job, "fileId") ?? TextOrNull(job, "source"), Text(job, "status"), Reason(job), ends.GetValueOrDefault(id)));
            }
        }

        return new KillHistory(plan, files, jobs, mapped, calls);
    }

    private async Task<IReadOnlyList<string>> RowsAsync(JsonElement file)
    {
        if (TextOrNull(file, "workbookId") is not { } workbook)
        {
            return [];
        }

        return await KeysAsync(Text((await spaces.GetAsync($"workbooks/{workbook}")).GetProperty("sheets")[0], "id"));
    }

    private async Task<List<string>> KeysAsync(string sheet) =>
        [.. (await spaces.AllAsync($"sheets/{sheet}/records?fields=key", pageSize: 10_000)).Select(r => TextOrNull(r.GetProperty("values").GetProperty("key"), "value") ?? "")];

    private static string? Reason(JsonElement job) =>
        job.TryGetProperty("outcome", out var outcome) && outcome.ValueKind == JsonValueKind.Object ? TextOrNull(outcome, "message") : TextOrNull(job, "info");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string? TextOrNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
