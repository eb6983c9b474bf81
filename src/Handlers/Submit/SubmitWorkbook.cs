using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Submit;

/// <summary>An example action: refuses a workbook with invalid rows and marks the space as completed otherwise. A job handler of your own for <c>workbook:submit</c> replaces it.</summary>
[Handler("flatfile/submit-workbook")]
[OnJob("workbook:submit", Fallback = true)]
internal sealed class SubmitWorkbook(FlatfileClient client) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var workbookId = context.Event.Context.WorkbookId ?? (await client.Jobs.GetAsync(context.JobId, either.Token)).Source;
        var workbook = await client.Workbooks.GetAsync(workbookId, either.Token);
        await RequireChecksDoneAsync(workbook, either.Token);

        var counts = new List<(Sheet Sheet, RecordCounts Counts)>();
        foreach (var sheet in workbook.Sheets)
        {
            context.Report(100.0 * counts.Count / workbook.Sheets.Count, $"Counting {sheet.Name}");
            counts.Add((sheet, await client.Sheets.GetRecordCountsAsync(sheet.Id, cancellationToken: either.Token)));
        }

        var details = Details(counts);
        var invalid = counts.Where(c => c.Counts.Error > 0).ToList();
        if (invalid.Count > 0)
        {
            var sheets = string.Join(", ", invalid.Select(c => $"{c.Sheet.Name} ({c.Counts.Error:N0} of {c.Counts.Total:N0})"));
            throw new JobFailedException($"Rows with errors cannot be submitted. Correct or delete them in: {sheets}.") { Details = details };
        }

        await client.Spaces.UpdateAsync(workbook.SpaceId, new SpaceConfig { Status = SpaceStatus.Completed }, either.Token);
        var summary = string.Join(", ", counts.Select(c => $"{c.Sheet.Name} ({c.Counts.Total:N0})"));
        return new JobResult($"All rows are valid and submitted: {summary}.")
        {
            Heading = "Submitted",
            Info = $"{counts.Sum(c => c.Counts.Total):N0} rows submitted",
            Acknowledge = true,
            Details = details,
        };
    }

    /// <summary>Counts are final only after the hooks of every change ran.</summary>
    private async Task RequireChecksDoneAsync(Workbook workbook, CancellationToken cancellationToken)
    {
        if (workbook.Settings?["trackChanges"]?.GetValueKind() != System.Text.Json.JsonValueKind.True)
        {
            return;
        }

        await foreach (var open in client.Workbooks.ListCommitsAsync(workbook.Id, completed: false, cancellationToken))
        {
            var sheet = workbook.Sheets.FirstOrDefault(s => s.Id == open.SheetId)?.Name ?? open.SheetId;
            throw new JobFailedException($"Changes of {sheet} are still being checked, so their errors are not known yet. Submit again in a moment.");
        }
    }

    private static JsonObject Details(List<(Sheet Sheet, RecordCounts Counts)> counts) => new()
    {
        ["sheets"] = new JsonArray([.. counts.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Sheet.Name,
            ["sheetId"] = c.Sheet.Id,
            ["rows"] = c.Counts.Total,
            ["valid"] = c.Counts.Valid,
            ["withErrors"] = c.Counts.Error,
        })]),
    };
}
