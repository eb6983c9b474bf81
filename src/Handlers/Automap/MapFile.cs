using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Copies the rows of an extracted file into the sheets of the primary workbook that its columns fit, and says which column went where and why.</summary>
/// <remarks>The options are those of the settings' section <see cref="AutomapOptions.SettingsName"/>; the job's input goes before them.</remarks>
[Handler("flatfile/map-file")]
[OnJob("file:automap", Fallback = true)]
internal sealed class MapFile(FlatfileClient client, IConfiguration? settings = null) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var options = AutomapOptions.Of(settings, job.Input);
        var file = await client.Files.GetAsync(context.Event.Context.FileId ?? job.Source, either.Token);
        if (file.WorkbookId is not { } workbookId)
        {
            throw new JobFailedException($"{file.Name} has no sheet yet, so there is nothing to map. Run the job file:extract for it first.");
        }

        var sources = (await client.Workbooks.GetAsync(workbookId, either.Token)).Sheets;
        var checkpoint = await context.ResumeAsync<AutomapCheckpoint>(either.Token) ?? new AutomapCheckpoint([]);
        var (tables, run) = (new List<MappedTable>(), new FileMapping(client, context, file, options));
        for (var index = 0; index < sources.Count; index++)
        {
            (var table, checkpoint) = await run.MapAsync(sources[index], index, sources.Count, checkpoint, either.Token);
            tables.Add(table);
        }

        var result = AutomapOutcome.Of(file, workbookId, tables);
        return options.FailsUnclaimed && tables.Find(t => !t.IsClaimed) is not null
            ? throw new JobFailedException($"{result.Message} The option onFailure says that such a file fails its job.") { Details = result.Details }
            : result;
    }
}
