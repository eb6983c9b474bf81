using System.Globalization;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Copies the rows of an extracted file into the sheet of the primary workbook whose fields carry the names of its columns.</summary>
[Handler("flatfile/map-file")]
[OnJob("file:automap", Fallback = true)]
internal sealed class MapFile(FlatfileClient client) : IJobHandler
{
    private const int PageSize = 5000;

    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonElement NoRows = JsonDocument.Parse("[]").RootElement.Clone();

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var fileId = context.Event.Context.FileId ?? (await client.Jobs.GetAsync(context.JobId, either.Token)).Source;
        var file = await client.Files.GetAsync(fileId, either.Token);
        if (file.WorkbookId is not { } workbookId)
        {
            throw new JobFailedException($"{file.Name} has no sheet yet, so there is nothing to map. Run the job file:extract for it first.");
        }

        var source = (await client.Workbooks.GetAsync(workbookId, either.Token)).Sheets[0];
        var counts = await client.Sheets.GetRecordCountsAsync(source.Id, cancellationToken: either.Token);
        var checkpoint = await context.LoadCheckpointAsync<AutomapCheckpoint>(either.Token);
        var choice = await ChooseAsync(file, workbookId, source, checkpoint, either.Token);
        if (choice.Match is not { } match)
        {
            return AutomapOutcome.Unclaimed(file, workbookId, source, counts.Total, choice.Reason);
        }

        var written = await CopyAsync(context, source, match, counts.Total, checkpoint, either.Token);
        return AutomapOutcome.Claimed(file, match, written);
    }

    private async Task<SheetChoice> ChooseAsync(FlatfileFile file, string workbookId, Sheet source, AutomapCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint is not null)
        {
            var claimed = await client.Sheets.GetAsync(checkpoint.SheetId, cancellationToken);
            return new SheetChoice(SheetMatch.Of(source.Config.Fields, claimed), string.Empty);
        }

        var space = await client.Spaces.GetAsync(file.SpaceId, cancellationToken);
        if (space.PrimaryWorkbookId is not { } primaryId || primaryId == workbookId)
        {
            return new SheetChoice(null, "the space has no primary workbook");
        }

        var primary = await client.Workbooks.GetAsync(primaryId, cancellationToken);
        return SheetChoice.Among(Path.GetFileNameWithoutExtension(file.Name), source.Config.Fields, primary.Sheets);
    }

    private async Task<long> CopyAsync(
        JobContext context, Sheet source, SheetMatch match, long total, AutomapCheckpoint? from, CancellationToken cancellationToken)
    {
        var checkpoint = from ?? new AutomapCheckpoint(match.Sheet.Id, 0, 0);
        await context.SaveCheckpointAsync(checkpoint, cancellationToken);
        var columns = match.Mapped.Select(m => (From: m.From.Key, To: JsonEncodedText.Encode(m.To.Key))).ToList();
        var next = ReadAsync(source, match, checkpoint.Pages + 1, cancellationToken);
        while (await next is var page && page.GetArrayLength() is > 0 and var rows)
        {
            var number = checkpoint.Pages + 1;
            next = rows < PageSize ? Task.FromResult(NoRows) : ReadAsync(source, match, number + 1, cancellationToken);
            try
            {
                var options = new RequestOptions { IdempotencyKey = $"{context.JobId}:map:{number}", ReturnMinimal = true };
                await client.Records.InsertAsync(match.Sheet.Id, writer => Write(writer, page, columns), options, cancellationToken);
            }
            catch
            {
                // The page read ahead is of no use any more; its own fault, if any, is not the one to tell.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            checkpoint = checkpoint with { Pages = number, Rows = checkpoint.Rows + rows };
            await context.SaveCheckpointAsync(checkpoint, cancellationToken);
            context.Report(total > 0 ? Math.Min(99, 100.0 * checkpoint.Rows / total) : 0, $"{checkpoint.Rows:N0} of {total:N0} rows in {match.Sheet.Name}");
        }

        return checkpoint.Rows;
    }

    /// <summary>One page as JSON: an object per cell would cost more than all the rest of the copy.</summary>
    private async Task<JsonElement> ReadAsync(Sheet source, SheetMatch match, int number, CancellationToken cancellationToken)
    {
        var query = match.Mapped.Select(m => KeyValuePair.Create("fields", m.From.Key))
            .Append(KeyValuePair.Create("pageSize", PageSize.ToString(CultureInfo.InvariantCulture)))
            .Append(KeyValuePair.Create("pageNumber", number.ToString(CultureInfo.InvariantCulture)));
        var data = await client.GetRelativeAsync($"v1/sheets/{Uri.EscapeDataString(source.Id)}/records", query, cancellationToken);
        return data.GetProperty("records");
    }

    /// <summary>Values go over as the text they are; the sheet casts them. Empty cells are left out: the server makes them empty.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement records, List<(string From, JsonEncodedText To)> columns)
    {
        writer.WriteStartArray();
        foreach (var record in records.EnumerateArray())
        {
            var values = record.GetProperty("values");
            writer.WriteStartObject();
            foreach (var (from, to) in columns)
            {
                if (values.TryGetProperty(from, out var cell) && cell.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null)
                {
                    writer.WriteStartObject(to);
                    writer.WritePropertyName(Value);
                    value.WriteTo(writer);
                    writer.WriteEndObject();
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
