using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Importing;

/// <summary>Follows one uploaded file to its end: extraction, mapping, checks, counts.</summary>
internal sealed class FileFollower(FlatfileClient client, JobWatch watch)
{
    public async Task<FileReport> FollowAsync(ImportFile file, FlatfileFile uploaded, CancellationToken cancellationToken)
    {
        var report = new FileReport { File = file.Argument, FileId = uploaded.Id };
        var (extract, fault) = await watch.EndOfAsync(uploaded.SpaceId, uploaded.Id, "extract", file.Name, cancellationToken);
        report = WithJob(report, extract);
        if (fault is not null || extract!.Status != JobStatus.Complete)
        {
            return report with { Error = fault ?? JobOutcome.Reason(extract!) };
        }

        var (automap, mapFault) = await watch.EndOfAsync(uploaded.SpaceId, uploaded.Id, "automap", file.Name, cancellationToken);
        report = WithJob(report, automap ?? extract);
        if (mapFault is not null || automap!.Status != JobStatus.Complete)
        {
            return report with { Error = mapFault ?? JobOutcome.Reason(automap!) };
        }

        report = WithRows(report, extract, automap);
        if (report.SheetId is null)
        {
            return report with { Error = "The job ended without saying which sheet took the rows." };
        }

        return report with { Note = await watch.EndOfChecksAsync(report.SheetId, file.Name, cancellationToken) };
    }

    /// <summary>The counts of the file's sheet. Asked when all files are in: rows of one sheet may refer to those of another.</summary>
    public async Task<FileReport> CountAsync(FileReport report, CancellationToken cancellationToken)
    {
        if (report.SheetId is null || report.Error is not null)
        {
            return report;
        }

        var note = report.Note ?? await watch.EndOfChecksAsync(report.SheetId, report.Name, cancellationToken);
        var counts = await client.Sheets.GetRecordCountsAsync(report.SheetId, cancellationToken: cancellationToken);
        var slug = report.Sheet ?? (await client.Sheets.GetAsync(report.SheetId, cancellationToken)).Slug;
        return report with { Sheet = slug, Valid = counts.Valid, WithErrors = counts.Error, Note = note };
    }

    private static FileReport WithJob(FileReport report, Job? job) => job is null ? report : report with
    {
        JobId = job.Id,
        JobStatus = job.Status,
        RowsRead = JobOutcome.Count(job, "rowsRead") ?? report.RowsRead,
        RowsWritten = JobOutcome.Count(job, "rowsWritten") ?? report.RowsWritten,
        RowsRefused = JobOutcome.Count(job, "rowsRefused") ?? report.RowsRefused,
        WorkbookId = JobOutcome.Text(job, "workbookId") ?? report.WorkbookId,
        SheetId = JobOutcome.Text(job, "sheetId") ?? report.SheetId,
    };

    /// <summary>Rows read are the file's; a row can be refused on its way into the file's sheet or on its way out of it.</summary>
    private static FileReport WithRows(FileReport report, Job extract, Job automap)
    {
        var claimed = JobOutcome.Flag(automap, "claimed") == true;
        var refusedBefore = JobOutcome.Count(extract, "rowsRefused") ?? 0;
        var refusedAfter = claimed ? JobOutcome.Count(automap, "rowsRefused") ?? 0 : 0;
        var reasons = JobOutcome.Items(extract, "refused").Concat(claimed ? JobOutcome.Items(automap, "refused") : []);
        return report with
        {
            Claimed = claimed,
            RowsRead = JobOutcome.Count(extract, "rowsRead"),
            RowsWritten = JobOutcome.Count(claimed ? automap : extract, "rowsWritten"),
            RowsRefused = refusedBefore + refusedAfter,
            Sheet = claimed ? JobOutcome.Text(automap, "sheetSlug") : null,
            Refused = new JsonArray([.. reasons.Select(r => r?.DeepClone())]),
            Unmapped = new JsonArray([.. (claimed ? JobOutcome.Items(automap, "unmapped") : []).Select(r => r?.DeepClone())]),
        };
    }
}
