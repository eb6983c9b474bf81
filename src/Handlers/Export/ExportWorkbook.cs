using System.Globalization;
using System.Security.Cryptography;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Settings;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>Exports a workbook or a sheet as XLSX, CSV, JSON lines or a ZIP of them, and offers the file for download.</summary>
/// <remarks>
/// The file is written to a temporary place and uploaded when it is whole. What it is stands in a checkpoint before the upload begins, so that a
/// run after a crash recognises a file that arrived, and no export leaves two.
/// </remarks>
[Handler("flatfile/export-workbook")]
[OnJob("workbook:export", Fallback = true)]
[OnJob("sheet:export", Fallback = true)]
[OnJob("workbook:downloadWorkbook", Fallback = true)]
internal sealed class ExportWorkbook(FlatfileClient client, IConfiguration settings) : IJobHandler
{
    private static readonly string[] MayGive =
    [
        "format", "zip", "fileName", "filter", "recordFilter", "q", "sheets", "excludedSheets", "fields", "excludeFields", "includeMessages", "excludeMessages",
        "includeRecordIds", "header", "autoDownload", "listSeparator", "delimiter", "lineEnd", "quoteAll", "bom", "guardFormulas",
    ];

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var options = Options(job);
        var (workbook, sheets) = await SheetsAsync(context, job, options, either.Token);
        var done = await context.ResumeAsync<ExportCheckpoint>(either.Token);
        if (done is { FileId: null })
        {
            done = await ArrivedAsync(job, workbook.SpaceId, done, either.Token);
        }

        done ??= await ExportAsync(context, job, options, workbook, sheets, either.Token);
        return ExportOutcome.Of(done, workbook.SpaceId, options.AutoDownload);
    }

    private ExportOptions Options(Job job)
    {
        var options = HandlerOptions.Read(settings.GetSection("Export"), job.Input, MayGive, ExportJson.Default.ExportOptions);
        if (!options.GuardFormulas && !options.AllowUnguarded)
        {
            throw new JobFailedException(
                "This export asks for texts that a spreadsheet may run as formulas (guardFormulas: false), which the settings do not allow. "
                + "Leave the option out, export as JSON lines for a program, or set Export:AllowUnguarded.");
        }

        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new JobFailedException(string.Join(' ', faults));
    }

    private async Task<(Workbook Workbook, IReadOnlyList<ExportSheet> Sheets)> SheetsAsync(JobContext context, Job job, ExportOptions options, CancellationToken cancellationToken)
    {
        var sheetId = job.Type == "sheet" ? context.Event.Context.SheetId ?? job.Source : null;
        var workbookId = sheetId is null
            ? context.Event.Context.WorkbookId ?? job.Source
            : (await client.Sheets.GetAsync(sheetId, cancellationToken)).WorkbookId;
        var workbook = await client.Workbooks.GetAsync(workbookId, cancellationToken);
        var sheets = workbook.Sheets
            .Where(s => sheetId is null ? options.Sheets?.Contains(s.Slug) != false && options.ExcludedSheets?.Contains(s.Slug) != true : s.Id == sheetId)
            .Select(s => ExportSheet.Of(s, options)).ToList();
        return sheets.Count > 0
            ? (workbook, sheets)
            : throw new JobFailedException($"There is no sheet to export. The workbook has: {string.Join(", ", workbook.Sheets.Select(s => s.Slug))}. Name one of them in the option sheets.");
    }

    private async Task<ExportCheckpoint> ExportAsync(
        JobContext context, Job job, ExportOptions options, Workbook workbook, IReadOnlyList<ExportSheet> sheets, CancellationToken cancellationToken)
    {
        await using var spool = SpoolFile.Create();
        var (written, notes) = await new ExportRun(client, context, options).WriteAsync(sheets, spool, job.CreatedAt, cancellationToken);
        spool.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(spool, cancellationToken));
        var done = new ExportCheckpoint(Name(job, options, workbook, sheets), spool.Length, hash, written, notes);
        await context.CheckpointAsync(done, cancellationToken);
        context.Report(95, "Storing the file");
        spool.Position = 0;
        var file = await client.Files.UploadAsync(
            workbook.SpaceId, workbook.EnvironmentId, done.Name, spool, new FileUpload { Mode = "export" },
            new RequestOptions { IdempotencyKey = $"{context.JobId}:{hash}" }, cancellationToken);
        done = done with { FileId = file.Id };
        await context.CheckpointAsync(done, cancellationToken);
        return done;
    }

    /// <summary>The file of an earlier run, when it arrived although that run did not hear of it; null when it did not.</summary>
    private async Task<ExportCheckpoint?> ArrivedAsync(Job job, string spaceId, ExportCheckpoint sent, CancellationToken cancellationToken)
    {
        await foreach (var file in client.Files.ListAsync(new FileQuery { SpaceId = spaceId, Mode = "export" }, cancellationToken))
        {
            if (file.Name == sent.Name && file.Size == sent.Size && file.CreatedAt >= job.CreatedAt && (file.Sha256 ?? sent.Sha256) == sent.Sha256)
            {
                return sent with { FileId = file.Id };
            }
        }

        return null;
    }

    private static string Name(Job job, ExportOptions options, Workbook workbook, IReadOnlyList<ExportSheet> sheets)
    {
        var extension = ExportRun.Extension(options, sheets.Count);
        var name = options.FileName is { Length: > 0 } given
            ? given
            : string.Create(CultureInfo.InvariantCulture, $"{(job.Type == "sheet" ? sheets[0].Sheet.Name : workbook.Name ?? "Workbook")}-{job.CreatedAt.UtcDateTime:yyyy-MM-dd'T'HH-mm-ss'Z'}");
        return $"{ExportFiles.Legal(name)}.{extension}";
    }
}
