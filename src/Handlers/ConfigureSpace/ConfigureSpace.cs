using Flatfile.Agent.Handlers.Rules;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.ConfigureSpace;

/// <summary>Gives a space the workbooks and documents of every blueprint that fits it. Run again, it changes nothing that is as wanted.</summary>
[Handler("flatfile/configure-space")]
[OnJob("space:configure", Fallback = true)]
internal sealed class ConfigureSpace(FlatfileClient client, IContributions<SpaceBlueprint> blueprints) : IJobHandler
{
    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var spaceId = context.Event.Context.SpaceId ?? (await client.Jobs.GetAsync(context.JobId, either.Token)).Source;
        var space = await client.Spaces.GetAsync(spaceId, either.Token);
        var fitting = blueprints.All.Where(b => b.AppliesTo(space)).ToList();
        if (fitting.Count == 0)
        {
            return new JobResult("No blueprint is meant for this space; it stays as it is.") { Info = "Nothing to configure" };
        }

        fitting.ForEach(BlueprintRules.RequireReadable);
        var existing = new List<Workbook>();
        await foreach (var workbook in client.Workbooks.ListAsync(spaceId, either.Token))
        {
            existing.Add(workbook);
        }

        string? primary = null;
        for (var i = 0; i < fitting.Count; i++)
        {
            context.Report(100.0 * i / fitting.Count, $"Setting up {fitting[i].Name}");
            foreach (var (wanted, number) in fitting[i].Workbooks.Select((w, n) => (w, n)))
            {
                var id = await ApplyAsync(context, space, existing, wanted, $"{i}:{number}", either.Token);
                primary ??= id;
            }

            await ApplyDocumentsAsync(context, spaceId, fitting[i], i, either.Token);
        }

        if (space.PrimaryWorkbookId is null && primary is not null)
        {
            await client.Spaces.UpdateAsync(spaceId, new SpaceConfig { PrimaryWorkbookId = primary }, either.Token);
        }

        return new JobResult($"The space holds what these blueprints want: {string.Join(", ", fitting.Select(b => b.Name))}.") { Info = "Space configured" };
    }

    private async Task<string> ApplyAsync(
        JobContext context, Space space, List<Workbook> existing, WorkbookConfig wanted, string number, CancellationToken cancellationToken)
    {
        var actual = existing.FirstOrDefault(w => w.Name == wanted.Name && !w.Labels.Contains("file"));
        if (actual is null)
        {
            var config = wanted with { SpaceId = space.Id, EnvironmentId = context.Event.Context.EnvironmentId ?? space.EnvironmentId };
            var options = new RequestOptions { IdempotencyKey = $"{context.JobId}:workbook:{number}" };
            var created = await client.Workbooks.CreateAsync(config, options, cancellationToken);
            existing.Add(created);
            return created.Id;
        }

        if (WorkbookChange.Between(actual, wanted) is { } change)
        {
            existing[existing.IndexOf(actual)] = await client.Workbooks.UpdateAsync(actual.Id, change, cancellationToken);
        }

        return actual.Id;
    }

    private async Task ApplyDocumentsAsync(JobContext context, string spaceId, SpaceBlueprint blueprint, int number, CancellationToken cancellationToken)
    {
        if (blueprint.Documents.Count == 0)
        {
            return;
        }

        var existing = new List<Document>();
        await foreach (var document in client.Documents.ListAsync(spaceId, cancellationToken))
        {
            existing.Add(document);
        }

        foreach (var (wanted, position) in blueprint.Documents.Select((d, n) => (d, n)))
        {
            if (existing.FirstOrDefault(d => d.Title == wanted.Title) is not { } actual)
            {
                var options = new RequestOptions { IdempotencyKey = $"{context.JobId}:document:{number}:{position}" };
                await client.Documents.CreateAsync(spaceId, wanted, options, cancellationToken);
            }
            else if (!WireShape.Holds(actual, FlatfileJson.Default.Document, wanted, FlatfileJson.Default.DocumentConfig))
            {
                await client.Documents.UpdateAsync(spaceId, actual.Id, wanted, cancellationToken);
            }
        }
    }
}
