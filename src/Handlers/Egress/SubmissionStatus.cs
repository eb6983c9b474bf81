using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>The field that says of each row sent whether the receiver accepted it, as Flatfile's own rejection protocol names it.</summary>
internal sealed class SubmissionStatus(FlatfileClient client, TimeProvider time)
{
    public const string Field = "submissionStatus";

    private const string Submitted = "submitted";
    private const string Rejected = "rejected";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Adds the field where it is missing.</summary>
    public async Task EnsureAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        if (sheet.Config.Fields.Any(f => f.Key == Field))
        {
            return;
        }

        var options = new[] { Rejected, Submitted }.Select(v => new EnumOption { Value = JsonSerializer.SerializeToElement(v), Label = char.ToUpperInvariant(v[0]) + v[1..] });
        await client.Sheets.AddFieldAsync(
            sheet.Id, new Property { Key = Field, Type = PropertyType.Enum, Label = "Submission status", Readonly = true, Config = new PropertyConfig { Options = [.. options] } },
            cancellationToken: cancellationToken);
    }

    /// <summary>Marks rows without telling hooks: it is no change of what they look at, and they would take the reasons away again.</summary>
    public Task MarkAsync(string sheetId, IEnumerable<string> ids, IReadOnlySet<string> rejected, CancellationToken cancellationToken)
    {
        List<RecordLine> lines = [.. ids.Select(id => new RecordLine { Id = id, Values = new() { [Field] = JsonSerializer.SerializeToElement(rejected.Contains(id) ? Rejected : Submitted) } })];
        return lines.Count == 0 ? Task.CompletedTask : client.Records.WriteLinesAsync(sheetId, lines, new RecordLinesWrite { Silent = true }, cancellationToken: cancellationToken);
    }

    /// <summary>Deletes the rows that are marked as accepted, and waits for it.</summary>
    public async Task DeleteAcceptedAsync(JobContext context, string workbookId, string sheetId, CancellationToken cancellationToken)
    {
        var config = new JobConfig
        {
            Type = "workbook", Operation = "delete-records", Source = workbookId, Trigger = JobTrigger.Immediate,
            Config = new JsonObject { ["sheet"] = sheetId, ["filter"] = "all", ["q"] = $"{Field} eq {Submitted}" },
        };
        var job = await client.Jobs.CreateAsync(config, new RequestOptions { IdempotencyKey = $"{context.JobId}:{sheetId}:delete" }, cancellationToken);
        while (job.Status is not (JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled))
        {
            await Task.Delay(Look, time, cancellationToken);
            job = await client.Jobs.GetAsync(job.Id, cancellationToken);
        }

        if (job.Status != JobStatus.Complete)
        {
            throw new JobFailedException($"The rows were sent, but those accepted could not be deleted: job {job.Id} ended as {job.Status}. Delete the rows whose submission status is submitted.");
        }
    }
}
