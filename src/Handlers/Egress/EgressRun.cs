using System.Text.Json;
using Flatfile.Agent.Handlers.Webhooks;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>Sends the pages of sheets and remembers each that the receiver took and whose rejections are written.</summary>
internal sealed class EgressRun(FlatfileClient client, JobContext context, EgressOptions options, WebhookSender sender, SubmissionStatus status)
{
    public EgressOptions Options => options;

    /// <summary>Whom it is sent to, for people.</summary>
    public string Host => sender.Address.Host;

    /// <summary>Sends what is left of a sheet.</summary>
    public async Task<EgressCheckpoint> SendAsync(Sheet sheet, EgressMessage message, EgressCheckpoint state, JobStep step, CancellationToken cancellationToken)
    {
        if (state.Of(sheet.Id, sheet.Name).IsDone)
        {
            step.Done();
            return state;
        }

        if (options.MarksRows)
        {
            await status.EnsureAsync(sheet, cancellationToken);
        }

        var total = (await client.Sheets.GetRecordCountsAsync(sheet.Id, new RecordQuery { Q = options.Q }, cancellationToken: cancellationToken)).Total;
        var pages = new RecordPages(client, sheet.Id, options.Q, options.PageSize);
        for (var progress = state.Of(sheet.Id, sheet.Name); !progress.IsDone;)
        {
            var read = await pages.ReadAsync(progress.Place, cancellationToken);
            List<JsonElement> rows = [.. read.Where(r => options.Takes(!r.TryGetProperty("valid", out var valid) || valid.ValueKind != JsonValueKind.False))];
            var isLast = read.Count < options.PageSize;
            if (rows.Count > 0 || isLast)
            {
                var answer = await sender.SendAsync(IdOf(progress), message.Of(progress, rows, isLast), cancellationToken);
                (state, progress) = await TakeAsync(sheet, state, progress, rows, RejectionAnswer.Read(answer), cancellationToken);
            }

            progress = progress with { Place = RecordPages.Behind(progress.Place, read), IsDone = isLast };
            state = state.With(progress);
            await context.CheckpointAsync(state, cancellationToken);
            step.Report(progress.Place.Rows, Math.Max(progress.Place.Rows, total), $"{progress.Sent:N0} rows sent");
        }

        step.Done();
        return state;
    }

    /// <summary>Deletes the rows that were accepted.</summary>
    public async Task DeleteAcceptedAsync(string workbookId, IReadOnlyList<Sheet> sheets, CancellationToken cancellationToken)
    {
        foreach (var sheet in sheets)
        {
            await status.DeleteAcceptedAsync(context, workbookId, sheet.Id, cancellationToken);
        }
    }

    /// <summary>Named after the row it begins behind, so that a run after a crash gives the page the same id.</summary>
    private string IdOf(EgressedSheet sheet) => $"{context.JobId}:{sheet.SheetId}:{sheet.Place.Key}";

    private async Task<(EgressCheckpoint State, EgressedSheet Sheet)> TakeAsync(
        Sheet sheet, EgressCheckpoint state, EgressedSheet progress, List<JsonElement> rows, Rejections? answer, CancellationToken cancellationToken)
    {
        var reasons = answer?.Of(sheet.Id) ?? [];
        var rejected = 0;
        if (reasons.Count > 0)
        {
            var fields = sheet.Config.Fields.Select(f => f.Key).ToList();
            rejected = await new RejectionMessages(client, sheet.Id, fields).WriteAsync(rows, reasons, cancellationToken);
        }

        if (options.MarksRows)
        {
            await status.MarkAsync(sheet.Id, rows.Select(r => r.GetProperty("id").GetString()!), reasons.Keys.ToHashSet(), cancellationToken);
        }

        return (
            state with { DeleteAsked = state.DeleteAsked || answer?.DeleteSubmitted == true, Message = answer?.Message ?? state.Message },
            progress with { Messages = progress.Messages + 1, Sent = progress.Sent + rows.Count, Rejected = progress.Rejected + rejected, Unknown = progress.Unknown + reasons.Count - rejected });
    }
}
