using Flatfile.Agent.Core.Failing;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>Recurring work: completed spaces that nobody touched for long are exported, the export is verified, and only then they are deleted.</summary>
/// <remarks>Times are the server's alone. What is not known for certain stays. A space is gone only when a whole export of it lies in the folder.</remarks>
internal sealed class CleanupWork(FlatfileClient client, IOptions<AgentOptions> options, TimeProvider time) : IRecurringHandler
{
    /// <summary>Its id.</summary>
    public const string Id = "cleanup";

    /// <summary>The argument of a run that is asked for: <see cref="Preview"/> or <see cref="Run"/>; without it the settings decide.</summary>
    public const string Mode = "mode";

    public const string Preview = "preview";

    public const string Run = "run";

    /// <summary>Told of every step before the next; tests let the work die there.</summary>
    public Func<string, Task> Step { get; set; } = step =>
    {
        FailPoint.Hit(FailPoints.Cleanup + step);
        return Task.CompletedTask;
    };

    private CleanupOptions Options => options.Value.Cleanup;

    public async Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken)
    {
        var isDryRun = IsDryRun(context);
        var serverTime = await client.GetServerTimeAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The server does not say what time it is (no Date header), so no age is certain. Nothing was deleted. See what stands between the agent and Flatfile.");
        var (eligible, kept, keptCount) = await ChooseAsync(serverTime, cancellationToken).ConfigureAwait(false);
        await Step("chosen").ConfigureAwait(false);
        if (isDryRun)
        {
            return new CleanupReport(serverTime, Options.UntouchedFor, eligible.Count, [.. eligible.Take(Options.MaxPerRun)], kept, keptCount).ToResult(isDryRun: true);
        }

        var state = await StateAsync(context, eligible, cancellationToken).ConfigureAwait(false);
        var folder = Path.GetFullPath(Options.ExportFolder is { Length: > 0 } set ? set : Path.Combine(context.Folder, "exports"));
        var run = new CleanupRun(client, new SpaceExporter(client, folder, Step), context.SaveStateAsync, Step, time);
        state = await run.RunAsync(state, space => SpaceChoice.WhyNot(space, serverTime, Options), serverTime, context.Stopping, cancellationToken).ConfigureAwait(false);
        return new CleanupReport(
            serverTime, Options.UntouchedFor, Math.Max(eligible.Count, state.Items.Count), state.Items, kept, keptCount).ToResult(isDryRun: false);
    }

    private bool IsDryRun(RecurringContext context) => context.Arguments.TryGetValue(Mode, out var mode)
        ? mode switch
        {
            Preview => true,
            Run => false,
            _ => throw new InvalidOperationException($"The argument '{Mode}' is '{mode}'. It is {Preview} or {Run}. Nothing was done."),
        }
        : Options.DryRun;

    /// <summary>All ids first: pages shift under whoever deletes while reading them.</summary>
    private async Task<(IReadOnlyList<CleanupItem> Eligible, IReadOnlyList<(string, string, string)> Kept, int KeptCount)> ChooseAsync(
        DateTimeOffset serverTime, CancellationToken cancellationToken)
    {
        var eligible = new Dictionary<string, CleanupItem>(StringComparer.Ordinal);
        var kept = new List<(string, string, string)>();
        var keptCount = 0;
        var query = new SpaceQuery { EnvironmentId = options.Value.EnvironmentId, Status = Options.CompletedLabel is null ? SpaceStatus.Completed : null };
        await foreach (var space in client.Spaces.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            var why = SpaceExporter.IsPlain(space.Id) ? SpaceChoice.WhyNot(space, serverTime, Options) : "Its id cannot name a file.";
            if (why is null)
            {
                var touched = SpaceChoice.TouchedAt(space, isMarked: true)!.Value;
                eligible[space.Id] = new CleanupItem { SpaceId = space.Id, Name = space.Name, TouchedAt = touched };
            }
            else if (why.Length > 0 && ++keptCount <= CleanupReport.Named)
            {
                kept.Add((space.Id, space.Name, why));
            }
        }

        return ([.. eligible.Values.OrderBy(i => i.TouchedAt).ThenBy(i => i.SpaceId, StringComparer.Ordinal)], kept, keptCount);
    }

    /// <summary>The spaces of this slot: those chosen before the process died, or those an earlier run left half done and then the oldest.</summary>
    private async Task<CleanupState> StateAsync(RecurringContext context, IReadOnlyList<CleanupItem> eligible, CancellationToken cancellationToken)
    {
        var stored = await context.LoadStateAsync<CleanupState>(cancellationToken).ConfigureAwait(false);
        if (stored is not null && stored.Slot == context.Slot)
        {
            return stored;
        }

        var open = stored?.Items.Where(i => i.Stage is CleanupStage.Exported or CleanupStage.Deleting).ToList() ?? [];
        var names = open.Select(i => i.SpaceId).ToHashSet(StringComparer.Ordinal);
        var state = new CleanupState
        {
            Slot = context.Slot,
            Items = [.. open.Concat(eligible.Where(i => !names.Contains(i.SpaceId))).Take(Options.MaxPerRun)],
        };
        await context.SaveStateAsync(state, cancellationToken).ConfigureAwait(false);
        await Step("stored.plan").ConfigureAwait(false);
        return state;
    }
}
