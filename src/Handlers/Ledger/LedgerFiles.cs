using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Ledger;

/// <summary>Lays the account of a file beside it: <c>name.ledger.json</c>, and its refused rows in their original form as <c>name.refused.ext</c>.</summary>
internal sealed class LedgerFiles(FlatfileClient client, FlatfileFile file, Job job)
{
    // A name has an end: what is added must fit behind the longest.
    private const int LongestStem = 900;

    private string Stem => Path.GetFileNameWithoutExtension(file.Name) is var stem && stem.Length > LongestStem ? stem[..LongestStem] : stem;

    /// <summary>Stores both and names them in the details of the job's outcome.</summary>
    /// <param name="ledger">What became of the rows.</param>
    /// <param name="opened">What the file was read as; null when it could not be opened.</param>
    /// <param name="fault">Why the rest of the file could not be read; null when all of it was.</param>
    /// <param name="details">Gets <c>ledgerFileId</c>, and <c>refusedFileId</c> when a row was refused.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task StoreAsync(FileLedger ledger, ITableFile? opened, string? fault, JsonObject details, CancellationToken cancellationToken)
    {
        string? refusedFileId = null;
        if (ledger.Total.Refused > 0)
        {
            refusedFileId = await UploadAsync("refused", RefusedName(opened), ledger.Originals(), cancellationToken);
            details["refusedFileId"] = refusedFileId;
        }

        await using var account = SpoolFile.Create();
        await WriteAsync(account, ledger, opened, fault, refusedFileId, cancellationToken);
        account.Position = 0;
        details["ledgerFileId"] = await UploadAsync("ledger", Stem + ".ledger.json", account, cancellationToken);
    }

    private string RefusedName(ITableFile? opened) =>
        Stem + ".refused" + (opened is { IsText: true } && Path.GetExtension(file.Name) is { Length: > 0 } extension ? extension : ".jsonl");

    private async Task<string> UploadAsync(string what, string name, Stream content, CancellationToken cancellationToken)
    {
        // The mode keeps it from being extracted; the key keeps a run after a crash from laying it down twice.
        var upload = new FileUpload { Mode = "export" };
        var options = new RequestOptions { IdempotencyKey = $"{job.Id}:{what}" };
        return (await client.Files.UploadAsync(file.SpaceId, job.EnvironmentId, name, content, upload, options, cancellationToken)).Id;
    }

    private async Task WriteAsync(Stream target, FileLedger ledger, ITableFile? opened, string? fault, string? refusedFileId, CancellationToken cancellationToken)
    {
        var refusals = ledger.Refusals();
        await using (var writer = new Utf8JsonWriter(target, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("fileId", file.Id);
            writer.WriteString("name", file.Name);
            writer.WriteNumber("bytes", file.Size);
            writer.WriteString("format", opened?.Format);
            Write(writer, ledger.Total);
            writer.WriteString("fault", fault);
            writer.WriteString("refusedFileId", refusedFileId);
            Write(writer, opened?.Decisions ?? []);
            writer.WriteStartArray("tables");
            foreach (var table in ledger.Tables)
            {
                writer.WriteStartObject();
                writer.WriteString("name", table.Source.Name);
                writer.WriteString("sheetId", table.SheetId);
                Write(writer, table.Tally);
                Write(writer, table.Source.Decisions);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WritePropertyName("refused");
            writer.WriteRawValue("[", skipInputValidation: true);
        }

        await refusals.CopyToAsync(target, cancellationToken);
        await target.WriteAsync("]}"u8.ToArray(), cancellationToken);
    }

    private static void Write(Utf8JsonWriter writer, RowTally tally)
    {
        writer.WriteNumber("rowsRead", tally.Read);
        writer.WriteNumber("rowsWritten", tally.Written);
        writer.WriteNumber("rowsRefused", tally.Refused);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ReadDecision> decisions)
    {
        writer.WriteStartArray("decisions");
        foreach (var (property, value, confidence, evidence) in decisions)
        {
            writer.WriteStartObject();
            writer.WriteString("property", property);
            writer.WriteString("value", value);
            writer.WriteNumber("confidence", Math.Round(confidence, 3));
            writer.WriteString("evidence", evidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
