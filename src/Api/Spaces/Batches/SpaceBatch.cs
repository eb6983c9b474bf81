using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Flatfile.Api;

/// <summary>Many spaces as one undertaking: create them all, wait until each has ended, and add up what came in.</summary>
/// <remarks>The same batch id and the same configurations in the same order make the same spaces: after a crash, run it again.</remarks>
public sealed class SpaceBatch(FlatfileClient client, string batchId)
{
    private const int AtOnce = 4;

    private static readonly string[] Ends = [Topics.SpaceCompleted, Topics.SpaceArchived, Topics.SpaceExpired, Topics.SpaceDeleted];

    /// <summary>Stands in the metadata of every space of the batch, as <c>batchId</c>.</summary>
    public string BatchId => batchId;

    /// <summary>Creates a space for each configuration, a few at once; answers them in the same order.</summary>
    public async Task<IReadOnlyList<Space>> CreateAsync(IReadOnlyList<SpaceConfig> configs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configs);
        var spaces = new Space[configs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, configs.Count, options, async (i, stop) =>
        {
            var metadata = configs[i].Metadata?.DeepClone().AsObject() ?? [];
            metadata["batchId"] = batchId;
            spaces[i] = await client.Spaces.CreateAsync(
                configs[i] with { Metadata = metadata }, new RequestOptions { IdempotencyKey = $"{batchId}:{i}" }, stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return spaces;
    }

    /// <summary>
    /// Waits until every space is completed, archived, expired or deleted, by the server's event stream, and tells each end as it comes; then
    /// adds up the records of those that still have them.
    /// </summary>
    public async Task<SpaceBatchResult> WaitAsync(
        IReadOnlyCollection<string> spaceIds, IProgress<SpaceBatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spaceIds);
        var open = spaceIds.ToHashSet(StringComparer.Ordinal);
        var outcomes = new ConcurrentDictionary<string, SpaceOutcome>(StringComparer.Ordinal);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ends = Channel.CreateUnbounded<string>();
        var following = FollowAsync(ends.Writer, stop.Token);
        try
        {
            while (open.Count > 0)
            {
                // The first item says that the stream is open: what ended before it is asked for, what ends later comes.
                var next = await NextAsync(ends.Reader, following, cancellationToken).ConfigureAwait(false);
                foreach (var id in next.Length == 0 ? open.ToList() : open.Contains(next) ? [next] : [])
                {
                    if (await OutcomeAsync(id, cancellationToken).ConfigureAwait(false) is not { } outcome)
                    {
                        continue;
                    }

                    outcomes[id] = outcome;
                    open.Remove(id);
                    progress?.Report(new SpaceBatchProgress(outcomes.Count, spaceIds.Count, outcome));
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new SpaceBatchResult(batchId, [.. spaceIds.Distinct(StringComparer.Ordinal).Select(id => outcomes[id])]);
    }

    /// <summary>Creates and waits in one.</summary>
    public async Task<SpaceBatchResult> RunAsync(
        IReadOnlyList<SpaceConfig> configs, IProgress<SpaceBatchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var spaces = await CreateAsync(configs, cancellationToken).ConfigureAwait(false);
        return await WaitAsync([.. spaces.Select(space => space.Id)], progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> NextAsync(ChannelReader<string> ends, Task following, CancellationToken cancellationToken)
    {
        if (!await ends.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await following.ConfigureAwait(false);
        }

        return await ends.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task FollowAsync(ChannelWriter<string> ends, CancellationToken cancellationToken)
    {
        try
        {
            // An empty text stands for "look at all", which is due whenever the stream opens.
            var query = new EventStreamQuery { Topics = Ends, Opened = _ => ends.TryWrite("") };
            await foreach (var one in client.Events.StreamAsync(query, cancellationToken).ConfigureAwait(false))
            {
                ends.TryWrite((string?)one.Event.Context["spaceId"] ?? "");
            }
        }
        finally
        {
            ends.TryComplete();
        }
    }

    /// <summary>How a space ended; null while it has not.</summary>
    private async Task<SpaceOutcome?> OutcomeAsync(string spaceId, CancellationToken cancellationToken)
    {
        try
        {
            var space = await client.Spaces.GetAsync(spaceId, cancellationToken).ConfigureAwait(false);
            return space.Status is SpaceStatus.Completed or SpaceStatus.Archived or SpaceStatus.Expired
                ? new SpaceOutcome(spaceId, space.Status, space, await SheetsAsync(spaceId, cancellationToken).ConfigureAwait(false))
                : null;
        }
        catch (FlatfileApiException fault) when (fault.Status == System.Net.HttpStatusCode.NotFound)
        {
            return new SpaceOutcome(spaceId, SpaceOutcome.Deleted, null, []);
        }
    }

    /// <summary>The sheets people work in; those of uploaded files hold the same rows once more.</summary>
    private async Task<IReadOnlyList<SheetTotal>> SheetsAsync(string spaceId, CancellationToken cancellationToken)
    {
        var totals = new List<SheetTotal>();
        await foreach (var workbook in client.Workbooks.ListAsync(new WorkbookQuery { SpaceId = spaceId }, cancellationToken).ConfigureAwait(false))
        {
            foreach (var sheet in workbook.Labels?.Contains("file") == true ? [] : workbook.Sheets ?? [])
            {
                var counts = await client.Sheets.GetRecordCountsAsync(sheet.Id, cancellationToken: cancellationToken).ConfigureAwait(false);
                totals.Add(new SheetTotal(sheet.Slug, counts.Total, counts.Valid, counts.Error));
            }
        }

        return totals;
    }
}
