using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>
/// Turns the texts of a sheet into numbers, dates, truth values and options, by what all rows of a column say together. What they leave open is
/// asked and stays text.
/// </summary>
/// <remarks>
/// A commit is a part of a column and cannot tell how its dates are written: the job looks at the whole sheet. Options are those of the settings'
/// section <see cref="AutocastOptions.SettingsName"/>; the job's input goes before them.
/// </remarks>
[Handler("flatfile/cast-sheet")]
[OnJob("sheet:autocast", Fallback = true)]
internal sealed class CastSheet(FlatfileClient client, IConfiguration? settings = null) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var options = AutocastOptions.Of(settings, job.Input);
        var sheet = await client.Sheets.GetAsync(context.Event.Context.SheetId ?? job.Source, either.Token);
        var total = (await client.Sheets.GetRecordCountsAsync(sheet.Id, cancellationToken: either.Token)).Total;
        if (await context.ResumeAsync<AutocastCheckpoint>(either.Token) is not { } checkpoint)
        {
            checkpoint = new AutocastCheckpoint(await InferAsync(context, sheet, options, total, either.Token), 0, 0, 0);
            await context.CheckpointAsync(checkpoint, either.Token);
        }

        return AutocastOutcome.Of(sheet, await CastAsync(context, sheet, checkpoint, total, either.Token));
    }

    private async Task<IReadOnlyList<FieldCast>> InferAsync(JobContext context, Sheet sheet, AutocastOptions options, long total, CancellationToken cancellationToken)
    {
        var (inference, rows) = (new FieldInference(sheet, options), 0L);
        for (var number = 1; inference.Keys.Count > 0; number++)
        {
            var page = await SheetPages.ReadAsync(client, sheet.Id, inference.Keys, number, cancellationToken);
            foreach (var record in page.EnumerateArray())
            {
                inference.Add(record);
            }

            rows += page.GetArrayLength();
            context.Report(total > 0 ? Math.Min(50, 50.0 * rows / total) : 0, $"{rows:N0} of {total:N0} rows looked at");
            if (page.GetArrayLength() < SheetPages.Size)
            {
                break;
            }
        }

        return inference.Conclude();
    }

    private async Task<AutocastCheckpoint> CastAsync(JobContext context, Sheet sheet, AutocastCheckpoint from, long total, CancellationToken cancellationToken)
    {
        var checkpoint = from;
        var keys = from.Fields.Select(f => f.Key).ToList();
        while (keys.Count > 0)
        {
            var page = await SheetPages.ReadAsync(client, sheet.Id, keys, checkpoint.Pages + 1, cancellationToken);
            var cast = new RowCast(sheet, checkpoint.Fields);
            var changes = page.EnumerateArray().Select(cast.Change).OfType<JsonObject>().ToList();
            if (changes.Count > 0)
            {
                await client.Records.UpdateAsync(sheet.Id, writer => Write(writer, changes), new RequestOptions { ReturnMinimal = true }, cancellationToken);
            }

            checkpoint = new AutocastCheckpoint(cast.Fields, checkpoint.Pages + 1, checkpoint.Rows + page.GetArrayLength(), checkpoint.Changed + changes.Count);
            await context.CheckpointAsync(checkpoint, cancellationToken);
            context.Report(total > 0 ? Math.Min(99, 50 + (50.0 * checkpoint.Rows / total)) : 50, $"{checkpoint.Rows:N0} of {total:N0} rows cast");
            if (page.GetArrayLength() < SheetPages.Size)
            {
                break;
            }
        }

        return checkpoint;
    }

    private static void Write(Utf8JsonWriter writer, List<JsonObject> changes)
    {
        writer.WriteStartArray();
        changes.ForEach(change => change.WriteTo(writer));
        writer.WriteEndArray();
    }
}
