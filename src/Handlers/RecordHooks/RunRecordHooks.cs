using System.Runtime.ExceptionServices;
using Flatfile.Agent.Handlers.Rules;
using Flatfile.Agent.Handlers.Validation;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.RecordHooks;

/// <summary>Runs the record hooks, the checks and the rules of a sheet over the rows of each commit, writes back what they changed, and completes the commit.</summary>
/// <remarks>
/// Commits of sheets that neither a hook nor a blueprint of ours knows are left open: somebody else's listener completes them.
/// A hook that throws marks the rows it did not check, and its failure goes on: the commit stays open, nothing of the page is written back, and the
/// event comes back by the retry policy or ends in the dead letters.
/// </remarks>
[Handler("flatfile/record-hooks")]
[On(Topics.CommitCreated)]
internal sealed class RunRecordHooks(
    IContributions<RecordHook> contributions, IContributions<SpaceBlueprint> blueprints, FlatfileClient client, TimeProvider time, IConfiguration? settings = null)
    : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var slug = context.Event.Context.SheetSlug;
        var hooks = slug is null ? [] : await HooksAsync(slug, context, cancellationToken);
        if (hooks.Count > 0 && context.Records.Available)
        {
            await foreach (var page in context.Records.ReadPagesAsync(cancellationToken))
            {
                var failures = await RunAsync(hooks, page, context, cancellationToken);
                if (failures.Count > 0)
                {
                    await FailAsync(failures, context, cancellationToken);
                }

                await context.Records.UpdateAsync(page, cancellationToken);
            }
        }

        if (hooks.Count > 0 || blueprints.All.Any(b => b.Workbooks.Any(w => w.Sheets?.Any(s => s.Slug == slug) == true)))
        {
            await context.Records.CompleteAsync(cancellationToken);
        }
    }

    private async Task<List<RecordHook>> HooksAsync(string slug, EventContext context, CancellationToken cancellationToken)
    {
        List<RecordHook> hooks = [.. contributions.All.Concat(FieldChecks.HooksFor(blueprints.All, settings)).Where(h => SlugGlob.Matches(h.SheetSlug, slug))];
        return context.Records.Available && await new SheetRules(client, time).FindAsync(context.Event, cancellationToken) is { } rules
            ? [RuleHooks.Defaults(rules, slug), .. hooks, RuleHooks.Checks(rules, slug)]
            : hooks;
    }

    /// <summary>Every hook gets to see every batch, so that one answer tells of all rows that failed.</summary>
    private static async Task<List<HookFailure>> RunAsync(
        List<RecordHook> hooks, IReadOnlyList<FlatfileRecord> page, EventContext context, CancellationToken cancellationToken)
    {
        var failures = new List<HookFailure>();
        foreach (var hook in hooks)
        {
            foreach (var batch in page.Chunk(Math.Max(1, hook.BatchSize)))
            {
                try
                {
                    await hook.RunAsync(batch, context, cancellationToken);
                }
                catch (RowsFailedException some)
                {
                    failures.Add(new HookFailure(hook.GetType().Name, some.Records, some));
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    failures.Add(new HookFailure(hook.GetType().Name, batch, fault));
                }
            }
        }

        return failures;
    }

    private static async Task FailAsync(List<HookFailure> failures, EventContext context, CancellationToken cancellationToken)
    {
        var faults = failures.ConvertAll(f => f.Fault);
        foreach (var failure in failures)
        {
            try
            {
                await context.Records.MarkAsync(failure.Records, failure.Message, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                faults.Add(fault);
            }
        }

        // One fault goes on as it is: the retry policy tells by its kind whether trying again can help.
        if (faults.Count == 1)
        {
            ExceptionDispatchInfo.Throw(faults[0]);
        }

        throw new AggregateException($"{failures.Count} batches of rows could not be checked.", faults);
    }
}
