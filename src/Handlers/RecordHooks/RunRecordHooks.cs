using Flatfile.Api;

namespace Flatfile.Agent.Handlers.RecordHooks;

/// <summary>Runs the record hooks of a sheet over the rows of each commit, writes back what they changed, and completes the commit.</summary>
/// <remarks>
/// Commits of sheets that neither a hook nor a blueprint of ours knows are left open: somebody else's listener completes them.
/// A hook that throws leaves the rows as they are: the event comes back by the retry policy and ends in the dead letters.
/// </remarks>
[Handler("flatfile/record-hooks")]
[On(Topics.CommitCreated)]
internal sealed class RunRecordHooks(IContributions<RecordHook> contributions, IContributions<SpaceBlueprint> blueprints) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var slug = context.Event.Context.SheetSlug;
        var hooks = slug is null ? [] : contributions.All.Where(h => SlugGlob.Matches(h.SheetSlug, slug)).ToList();
        if (hooks.Count > 0 && context.Records.Available)
        {
            await foreach (var page in context.Records.ReadPagesAsync(cancellationToken))
            {
                await RunAsync(hooks, page, context, cancellationToken);
                await context.Records.UpdateAsync(page, cancellationToken);
            }
        }

        if (hooks.Count > 0 || blueprints.All.Any(b => b.Workbooks.Any(w => w.Sheets?.Any(s => s.Slug == slug) == true)))
        {
            await context.Records.CompleteAsync(cancellationToken);
        }
    }

    private static async Task RunAsync(List<RecordHook> hooks, IReadOnlyList<FlatfileRecord> page, EventContext context, CancellationToken cancellationToken)
    {
        foreach (var hook in hooks)
        {
            foreach (var batch in page.Chunk(Math.Max(1, hook.BatchSize)))
            {
                await hook.RunAsync(batch, context, cancellationToken);
            }
        }
    }
}
