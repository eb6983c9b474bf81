using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Ledger;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Reads a file into a workbook of its own: a sheet for each of its tables, every cell as text, every row accounted for.</summary>
/// <remarks>The job's input may hold <c>reading</c>, the members of <see cref="ReadOptions"/>.</remarks>
[Handler("flatfile/extract-file")]
[OnJob("file:extract", Fallback = true)]
internal sealed class ExtractFile(FlatfileClient client) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var file = await client.Files.GetAsync(context.Event.Context.FileId ?? job.Source, either.Token);
        context.Report(0, "Opening the file");
        await using var ledger = new FileLedger();
        await using var opened = new OpenedFile();
        try
        {
            return await ExtractAsync(context, job, file, opened, ledger, either.Token);
        }
        catch (UnreadableFileException fault)
        {
            await client.Files.UpdateAsync(file.Id, new FileUpdate { Status = FileStatus.Failed }, either.Token);
            var details = ExtractionOutcome.Numbers(ledger);
            await new LedgerFiles(client, file, job).StoreAsync(ledger, opened.Tables, fault.Message, details, either.Token);
            throw new JobFailedException($"{file.Name}: {fault.Message}", fault) { Details = details };
        }
    }

    private async Task<JobResult> ExtractAsync(
        JobContext context, Job job, FlatfileFile file, OpenedFile opened, FileLedger ledger, CancellationToken cancellationToken)
    {
        var memory = new ReadingMemory(client);
        var said = ReadingInput.Of(job.Input);
        var remembered = said is null ? await memory.FindAsync(job.EnvironmentId, file.Name, cancellationToken) : null;
        var bytes = await client.Files.DownloadAsync(file.Id, cancellationToken);
        var tables = opened.Tables = await FileFormats.OpenAsync(await FileContent.OpenAsync(bytes, file.Name, file.Size, cancellationToken), said ?? remembered ?? ReadOptions.Auto, cancellationToken);
        var workbook = new FileWorkbook(client, context, file);
        var checkpoint = await context.ResumeAsync<ExtractionCheckpoint>(cancellationToken);
        for (var index = 0; await tables.NextTableAsync(cancellationToken) is { } table; index++)
        {
            checkpoint = await workbook.WithSheetAsync(checkpoint, index, table, cancellationToken);
            var copy = new TableCopy(client, context, table, ledger, () => Math.Min(99, 100 * tables.Progress));
            checkpoint = await copy.RunAsync(checkpoint, index, cancellationToken);
        }

        if (checkpoint is null)
        {
            throw new UnreadableFileException("No table was found in this file. Upload a file with a header and rows.");
        }

        if (ledger.Total.Read != ledger.Total.Written + ledger.Total.Refused)
        {
            throw new JobFailedException(
                $"{file.Name}: {ledger.Total.Read:N0} rows were read, but {ledger.Total.Written:N0} written and {ledger.Total.Refused:N0} refused. This is a fault of the reader; upload the file again, and report it with the file.");
        }

        var details = ExtractionOutcome.Numbers(ledger);
        await new LedgerFiles(client, file, job).StoreAsync(ledger, tables, null, details, cancellationToken);
        if (said is not null)
        {
            await memory.KeepAsync(job.EnvironmentId, file.Name, said, cancellationToken);
        }

        await client.Files.UpdateAsync(file.Id, new FileUpdate { WorkbookId = checkpoint.WorkbookId, Status = FileStatus.Complete }, cancellationToken);
        return ExtractionOutcome.Of(file, tables, checkpoint, ledger, details, remembered);
    }
}
