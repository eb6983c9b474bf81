using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Reads a delimited file into a workbook of its own: one sheet, every cell as text, every row accounted for.</summary>
[Handler("flatfile/extract-file")]
[OnJob("file:extract", Fallback = true)]
internal sealed class ExtractFile(FlatfileClient client) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var fileId = context.Event.Context.FileId ?? (await client.Jobs.GetAsync(context.JobId, either.Token)).Source;
        var file = await client.Files.GetAsync(fileId, either.Token);
        var tally = new RowTally();
        try
        {
            return await ExtractAsync(context, file, tally, either.Token);
        }
        catch (UnreadableFileException fault)
        {
            await client.Files.UpdateAsync(file.Id, new FileUpdate { Status = FileStatus.Failed }, either.Token);
            var details = new JsonObject();
            tally.AddTo(details);
            throw new JobFailedException($"{file.Name}: {fault.Message}", fault) { Details = details };
        }
    }

    private async Task<JobResult> ExtractAsync(JobContext context, FlatfileFile file, RowTally tally, CancellationToken cancellationToken)
    {
        context.Report(0, "Opening the file");
        using var bytes = new CountedStream(await client.Files.DownloadAsync(file.Id, cancellationToken));
        using var table = await DelimitedFile.OpenAsync(bytes, file.Name, cancellationToken);
        var checkpoint = await context.LoadCheckpointAsync<ExtractionCheckpoint>(cancellationToken)
            ?? await CreateWorkbookAsync(context, file, table, cancellationToken);

        await CopyRowsAsync(context, table, checkpoint, tally, () => Percent(bytes.Count, file.Size), cancellationToken);
        await client.Files.UpdateAsync(file.Id, new FileUpdate { WorkbookId = checkpoint.WorkbookId, Status = FileStatus.Complete }, cancellationToken);
        return ExtractionOutcome.Of(file, table, checkpoint, tally);
    }

    private async Task<ExtractionCheckpoint> CreateWorkbookAsync(JobContext context, FlatfileFile file, DelimitedFile table, CancellationToken cancellationToken)
    {
        var name = SheetName.Of(file.Name);
        var fields = table.Keys.Zip(table.Header.Labels, (key, label) => new Property { Key = key, Type = PropertyType.String, Label = label });
        var config = new WorkbookConfig
        {
            Name = $"[file] {file.Name}",
            Labels = ["file"],
            Treatments = ["EXTRACTED_FROM_SOURCE"],
            SpaceId = file.SpaceId,
            EnvironmentId = context.Event.Context.EnvironmentId,
            Sheets = [new SheetConfig { Name = name, Slug = SheetName.SlugOf(name), Fields = [.. fields] }],
        };
        var workbook = await client.Workbooks.CreateAsync(config, new RequestOptions { IdempotencyKey = $"{context.JobId}:workbook" }, cancellationToken);
        await client.Files.UpdateAsync(file.Id, new FileUpdate { WorkbookId = workbook.Id }, cancellationToken);
        var checkpoint = new ExtractionCheckpoint(workbook.Id, workbook.Sheets[0].Id, 0, 0);
        await context.SaveCheckpointAsync(checkpoint, cancellationToken);
        return checkpoint;
    }

    private async Task CopyRowsAsync(
        JobContext context, DelimitedFile table, ExtractionCheckpoint checkpoint, RowTally tally, Func<double> percent, CancellationToken cancellationToken)
    {
        var sender = new PageSender(client, context, checkpoint, tally);
        var (page, other) = (new RowPage(table.Keys), new RowPage(table.Keys));
        try
        {
            for (var row = 0L; await table.ReadAsync(cancellationToken);)
            {
                if (table.Refusal is { } reason)
                {
                    tally.Refuse(table.Row, reason);
                    continue;
                }

                tally.Take();
                if (row++ < checkpoint.Rows)
                {
                    tally.Write(1);
                    continue;
                }

                page.Add(table);
                if (page.IsFull)
                {
                    await sender.SendAsync(page, cancellationToken);
                    (page, other) = (other, page);
                    page.Clear();
                    context.Report(percent(), $"{tally.Read:N0} rows read");
                }
            }

        }
        catch (UnreadableFileException)
        {
            // What was read before the fault is written, so that the numbers of the failed job account for every row read.
            await FinishAsync(sender, page, cancellationToken);
            throw;
        }
        catch
        {
            // A page on its way ends before the run does. Its own fault, if any, is not the one to tell.
            await sender.FinishAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await FinishAsync(sender, page, cancellationToken);
    }

    private static async Task FinishAsync(PageSender sender, RowPage page, CancellationToken cancellationToken)
    {
        if (page.Rows > 0)
        {
            await sender.SendAsync(page, cancellationToken);
        }

        await sender.FinishAsync();
    }

    private static double Percent(long bytes, long size) => size > 0 ? Math.Min(99, 100.0 * bytes / size) : 0;
}
