using System.Text.Json;
using Flatfile.Agent.Handlers.Settings;
using Flatfile.Agent.Handlers.Webhooks;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>Sends all rows of a workbook or sheet to a webhook, page by page, and brings back what the receiver rejects as messages on the cells.</summary>
[Handler("flatfile/webhook-egress")]
[OnJob("workbook:submitToWebhook", Fallback = true)]
[OnJob("sheet:submitToWebhook", Fallback = true)]
internal sealed class SubmitToWebhook(FlatfileClient client, IConfiguration settings, TimeProvider time) : IJobHandler
{
    private static readonly string[] MayGive = ["url", "filter", "q", "sheets", "pageSize", "statusField"];

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var options = HandlerOptions.Read(settings.GetSection("Egress"), job.Input, MayGive, EgressJson.Default.EgressOptions);
        if (options.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new JobFailedException(string.Join(' ', faults));
        }

        var state = await context.ResumeAsync<EgressCheckpoint>(either.Token) ?? EgressCheckpoint.Start;
        try
        {
            using var sender = Sender(options);
            return await SubmitAsync(new EgressRun(client, context, options, sender, new SubmissionStatus(client, time)), context, job, state, either.Token);
        }
        catch (WebhookRefusedException fault)
        {
            state = await context.ResumeAsync<EgressCheckpoint>(either.Token) ?? state;
            throw new JobFailedException($"{fault.Message} {state.Sheets.Sum(s => s.Sent):N0} rows were sent before.", fault) { Details = EgressOutcome.Details(state) };
        }
    }

    private async Task<JobResult> SubmitAsync(EgressRun run, JobContext context, Job job, EgressCheckpoint state, CancellationToken cancellationToken)
    {
        var sheetId = job.Type == "sheet" ? context.Event.Context.SheetId ?? job.Source : null;
        var workbookId = sheetId is null ? context.Event.Context.WorkbookId ?? job.Source : (await client.Sheets.GetAsync(sheetId, cancellationToken)).WorkbookId;
        var workbook = await client.Workbooks.GetAsync(workbookId, cancellationToken);
        List<Sheet> sheets = [.. workbook.Sheets.Where(s => sheetId is null ? run.Options.Sheets?.Contains(s.Slug) != false : s.Id == sheetId)];
        if (sheets.Count == 0)
        {
            throw new JobFailedException($"There is no sheet to submit. The workbook has: {string.Join(", ", workbook.Sheets.Select(s => s.Slug))}. Name one of them in the option sheets.");
        }

        JsonElement wire = await client.GetRelativeAsync($"v1/workbooks/{Uri.EscapeDataString(workbookId)}", cancellationToken: cancellationToken);
        var message = new EgressMessage(context.JobId, job.CreatedAt, wire);
        foreach (var sheet in sheets)
        {
            state = await run.SendAsync(sheet, message, state, context.Step(sheet.Name, 95.0 / sheets.Count), cancellationToken);
        }

        var deletes = run.Options.Accepted == "delete" || (run.Options.Accepted == "asked" && state.DeleteAsked);
        if (deletes)
        {
            await run.DeleteAcceptedAsync(workbookId, sheets, cancellationToken);
        }

        return EgressOutcome.Of(state, run.Host, deletes, refusedToDelete: state.DeleteAsked && !deletes);
    }

    private WebhookSender Sender(EgressOptions options)
    {
        var webhook = HandlerOptions.Read(settings.GetSection("Webhook"), null, [], EgressJson.Default.WebhookOptions);
        if (options.Url is not { } url)
        {
            return new WebhookSender(webhook, time);
        }

        var address = WebhookTarget.Of(url, webhook.PrivateHosts);
        return WebhookTarget.IsIn(webhook.JobHosts, address)
            ? new WebhookSender(webhook with { Url = url }, time)
            : throw new WebhookRefusedException($"The job asks to send to {address.Host}, which the settings do not allow. Add the host to JobHosts of the webhook, or leave url out.");
    }
}
