using System.Buffers;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>
/// <c>export</c> of a sheet, or of all sheets of a workbook: a selection of rows as CSV, one file for each sheet, among the space's files. Each file
/// shows one moment. Only jobs with <c>config.options</c> are the server's; others of this name are somebody's own action.
/// </summary>
internal sealed class ExportJob(string type, FileSpool spool) : ISystemJob
{
    private const int BufferBytes = 64 * 1024;
    private const int RowsBetweenReports = 20_000;

    /// <inheritdoc />
    public string Name => $"{type}:export";

    /// <inheritdoc />
    public bool Takes(JsonObject job) => (job["config"] as JsonObject)?["options"] is JsonObject;

    /// <inheritdoc />
    public IEnumerable<ApiFault> Check(SpaceRead read, JsonObject job)
    {
        var options = OptionsOf(job);
        if (options["format"] is not null && options.Text("format") != "csv")
        {
            return [new ApiFault("config.options.format", "Rows are exported as csv; other formats are made by a listener.")];
        }

        try
        {
            foreach (var sheet in SheetsOf(read, job))
            {
                CsvRows.Open(read.Connection, SheetOfCall.Find(read, sheet).Schema, SelectionConfig.Read(read, options), out _).Dispose();
            }

            return [];
        }
        catch (RecordBodyException fault)
        {
            return [new ApiFault(fault.Key is null ? "config.options" : $"config.options.{fault.Key}", fault.Message)];
        }
        catch (ApiRefusal fault)
        {
            return fault.Faults.Select(one => one with { Key = one.Key is null ? "config.options" : $"config.options.{one.Key}" });
        }
    }

    /// <inheritdoc />
    public async Task<JobOutcome> RunAsync(SystemJobRun run)
    {
        var sheets = await run.ReadAsync(read => SheetsOf(read, run.Job)).ConfigureAwait(false);
        var files = new JsonArray();
        foreach (var sheet in sheets)
        {
            var known = run.Checkpoint?.Text(sheet.ToString());
            files.Add(new JsonObject { ["fileId"] = known ?? await ExportAsync(run, sheet, (double)files.Count / sheets.Count, 1.0 / sheets.Count).ConfigureAwait(false) });
        }

        return new JobOutcome(sheets.Count == 1 ? "The rows were exported to a file." : $"The rows were exported to {sheets.Count} files.")
        {
            Next = new JsonObject { ["type"] = "files", ["files"] = files },
        };
    }

    private static JsonObject OptionsOf(JsonObject job) => (JsonObject)job["config"]!["options"]!;

    private static IReadOnlyList<ResourceId> SheetsOf(SpaceRead read, JsonObject job) => job.Text("type") == "sheet"
        ? [JobSheet.Of(read, job)]
        : [.. SheetStore.Of(read, read.Own(ResourceTable.Workbooks, job.Text("source")).Number).Select(sheet => sheet.Id)];

    /// <summary>Writes one file, and stores it with the word that this sheet is done.</summary>
    private async Task<string> ExportAsync(SystemJobRun run, ResourceId sheet, double done, double share)
    {
        using var bytes = await spool.MakeAsync(stream => WriteAsync(run, sheet, stream, done, share)).ConfigureAwait(false);
        return await run.WriteAsync(write =>
        {
            var id = write.NewId(IdPrefix.File);
            var name = $"{SheetStore.Get(write, sheet).Slug.Replace('/', '-')}.csv";
            FileStore.Add(write, id, bytes, name, "export", "filesystem", []);
            var checkpoint = (JsonObject?)run.Checkpoint?.DeepClone() ?? [];
            checkpoint[sheet.ToString()] = id.ToString();
            run.Save(write, checkpoint);
            return id.ToString();
        }).ConfigureAwait(false);
    }

    private static async Task WriteAsync(SystemJobRun run, ResourceId id, Stream stream, double done, double share)
    {
        var use = await run.Space.RentAsync(run.Cancelled).ConfigureAwait(false);
        await using var leaving = use.ConfigureAwait(false);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled, use.Ending);
        await use.GuardAsync(async () =>
        {
            using var lease = use.File.Rent();
            var read = new SpaceRead(lease.Connection, run.Space);
            var sheet = SheetOfCall.Find(read, id);
            var total = Math.Max(1, Tally.Counts(lease.Connection, sheet.Sheet.Records).Total);
            var buffer = new ArrayBufferWriter<byte>(BufferBytes * 2);
            var rows = 0L;
            foreach (var _ in CsvRows.Write(lease.Connection, sheet.Schema, SelectionConfig.Read(read, OptionsOf(run.Job)), buffer))
            {
                if (buffer.WrittenCount >= BufferBytes)
                {
                    await stream.WriteAsync(buffer.WrittenMemory, ending.Token).ConfigureAwait(false);
                    buffer.ResetWrittenCount();
                }

                if (++rows % RowsBetweenReports == 0)
                {
                    var percent = 100 * (done + (share * rows / total));
                    await run.WriteAsync(write =>
                    {
                        run.Report(write, percent);
                        return true;
                    }).ConfigureAwait(false);
                }
            }

            await stream.WriteAsync(buffer.WrittenMemory, ending.Token).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }
}
