using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Starts one job <c>file:automap</c> for every extracted file, so that a client knows when a file is finished.</summary>
[Handler("flatfile/start-automap")]
[On(Topics.JobCompleted, Filter = """{"job":"file:extract"}""")]
internal sealed class StartAutomap(FlatfileClient client) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var at = context.Event.Context;
        var fileId = at.FileId ?? (at.JobId is { } jobId ? (await client.Jobs.GetAsync(jobId, cancellationToken)).Source : null);
        if (fileId is null)
        {
            return;
        }

        var job = new JobConfig
        {
            Type = "file",
            Operation = "automap",
            Source = fileId,
            Trigger = JobTrigger.Immediate,
            Mode = "background",
            Input = new JsonObject { ["extractJobId"] = at.JobId },
        };
        await client.Jobs.CreateAsync(job, new RequestOptions { IdempotencyKey = $"{context.Event.Id}:automap" }, cancellationToken);
    }
}
