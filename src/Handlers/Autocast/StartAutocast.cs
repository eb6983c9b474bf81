using System.Text.Json.Nodes;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>Starts the job <c>sheet:autocast</c> for each sheet a file was mapped into, where the settings name the sheet.</summary>
[Handler("flatfile/start-autocast")]
[On(Topics.JobCompleted, Filter = """{"job":"file:automap"}""")]
internal sealed class StartAutocast(FlatfileClient client, IConfiguration? settings = null) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var options = AutocastOptions.Of(settings, null);
        if (options.Sheets.Count == 0 || context.Event.Context.JobId is not { } jobId)
        {
            return;
        }

        var outcome = (await client.Jobs.GetAsync(jobId, cancellationToken)).Outcome;
        var tables = outcome?["tables"] is JsonArray several ? several.OfType<JsonObject>() : outcome is null ? [] : [outcome];
        foreach (var sheetId in tables.Where(t => t["claimed"]?.GetValue<bool>() == true && options.Covers((string)t["sheetSlug"]!)).Select(t => (string)t["sheetId"]!).Distinct().ToList())
        {
            var job = new JobConfig { Type = "sheet", Operation = "autocast", Source = sheetId, Trigger = JobTrigger.Immediate, Mode = "background", Input = new JsonObject { ["automapJobId"] = jobId } };
            await client.Jobs.CreateAsync(job, new RequestOptions { IdempotencyKey = $"{context.Event.Id}:autocast:{sheetId}" }, cancellationToken);
        }
    }
}
