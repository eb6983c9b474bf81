// snippet
using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Api;

namespace Numbers;

/// <summary>Checks every row of a sheet in pages, and may be killed at any moment.</summary>
[Handler("numbers/check")]
[OnJob("sheet:check")]
[Attempt(Timeout = "04:00:00", MaxSilence = "00:10:00", MaxAttempts = 5)]
public sealed class CheckNumbers(FlatfileClient flatfile) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        var sheetId = context.Event.Context.SheetId!;
        var total = (await flatfile.Sheets.GetRecordCountsAsync(sheetId, cancellationToken: cancellationToken)).Total;
        var checking = context.Step("Checking", share: 90);
        var found = await context.ResumeAsync<Found>(cancellationToken) ?? new Found(0, 0);
        var rows = await context.ForEachPageAsync(
            new SheetQuery(sheetId) { PageSize = 2_000 },
            async (page, token) =>
            {
                // A run that died before the page was remembered has counted it already.
                if (page.Before >= found.Rows)
                {
                    found = new Found(page.Before + page.Records.Count, found.Wrong + page.Records.Count(record => record.GetNumber("n") is null));
                    await context.CheckpointAsync(found, token);
                }

                checking.Report(found.Rows, total, $"{found.Wrong} wrong");
            },
            cancellationToken);
        checking.Done();
        return new JobResult($"{rows} rows checked, {found.Wrong} are no numbers.")
        {
            Heading = "Checked",
            Details = new JsonObject { ["rows"] = rows, ["wrong"] = found.Wrong },
        }.ThenGoTo(sheetId, query: "filter=error", label: "Show the sheet");
    }

    private sealed record Found(long Rows, int Wrong);
}
// end
