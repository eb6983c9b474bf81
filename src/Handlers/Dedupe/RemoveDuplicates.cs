using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>Removes the rows of a sheet that agree with another in the fields named, in the whole sheet, after a snapshot of it.</summary>
/// <remarks>
/// A row that is blank in one of the fields is nobody's duplicate. May die anywhere: a later run finds the duplicates that are left, and chooses the same
/// rows to stay, because those never go.
/// </remarks>
[Handler("flatfile/remove-duplicates")]
[OnJob("sheet:dedupe", Fallback = true)]
internal sealed class RemoveDuplicates(FlatfileClient client, IContributions<DuplicateChoice> choices) : IJobHandler
{
    private const int ShownInPreview = 500;
    private const int ReportedEvery = 10_000;

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var sheet = await client.Sheets.GetAsync(context.Event.Context.SheetId ?? job.Source, either.Token);
        var options = DedupeOptions.Of(job, sheet, choices.All.Select(c => c.Name));
        var total = (await client.Sheets.GetRecordCountsAsync(sheet.Id, cancellationToken: either.Token)).Total;
        using var spool = new KeySpool(total);
        var (rows, blank) = await ReadAsync(context, sheet, options, total, spool, either.Token);
        var finder = new DuplicateFinder(spool, options.Keep, ChoiceOf(options, sheet.Id));
        var before = await context.ResumeAsync<DedupeCheckpoint>(either.Token);
        if (before is null)
        {
            var (duplicates, some) = await CountAsync(finder, either.Token);
            if (duplicates == 0)
            {
                return DedupeOutcome.None(sheet, options, rows, blank);
            }

            if (options.Preview)
            {
                return DedupeOutcome.Preview(sheet, options, rows, duplicates, blank, some);
            }

            var snapshot = await DedupeSnapshot.TakeAsync(client, sheet.Id, context.JobId, options.Keep, either.Token);
            before = new DedupeCheckpoint(snapshot, rows, blank, duplicates);
            await context.CheckpointAsync(before, either.Token);
        }

        var removal = await RemoveAsync(context, sheet.Id, options, finder, before, either.Token);
        return DedupeOutcome.Removed(sheet, options, before, before.RowsRead - rows + removal.Deleted, removal);
    }

    /// <summary>Reads the keys of all rows in one answer: it shows the sheet as it is at one moment, so that no row is missed between two pages.</summary>
    private async Task<(long Rows, long Blank)> ReadAsync(
        JobContext context, Sheet sheet, DedupeOptions options, long total, KeySpool spool, CancellationToken cancellationToken)
    {
        var (keys, rows, blank) = (new RowKey(options), 0L, 0L);
        var query = new RecordLinesQuery { Rows = new RecordQuery { Fields = options.On }, NoContext = true };
        await foreach (var line in client.Records.ReadLinesAsync(sheet.Id, query, cancellationToken))
        {
            rows++;
            if (keys.Of(line.Values.GetValueOrDefault) is { } key && line.Id is { } id)
            {
                spool.Add(new KeyedRow(key, rows, id));
            }
            else
            {
                blank++;
            }

            if (rows % ReportedEvery == 0)
            {
                context.Report(Math.Min(50, 50.0 * rows / Math.Max(1, total)), $"{rows:N0} of {total:N0} rows compared");
            }
        }

        // Rows may go while they are read; but when all that were there are still there, some were not read.
        if (rows < total && (await client.Sheets.GetRecordCountsAsync(sheet.Id, cancellationToken: cancellationToken)).Total > rows)
        {
            throw new IOException($"Only {rows:N0} of the {total:N0} rows of {sheet.Name} could be read; nothing was removed.");
        }

        return (rows, blank);
    }

    private static async Task<(long Count, List<DuplicatePair> Some)> CountAsync(DuplicateFinder finder, CancellationToken cancellationToken)
    {
        var (count, some) = (0L, new List<DuplicatePair>());
        await foreach (var pair in finder.FindAsync(cancellationToken))
        {
            if (++count <= ShownInPreview)
            {
                some.Add(pair);
            }
        }

        some.Sort((a, b) => a.GoesNumber.CompareTo(b.GoesNumber));
        return (count, some);
    }

    private async Task<DuplicateRemoval> RemoveAsync(
        JobContext context, string sheetId, DedupeOptions options, DuplicateFinder finder, DedupeCheckpoint before, CancellationToken cancellationToken)
    {
        var (removal, done) = (new DuplicateRemoval(client, sheetId, options), 0L);
        await foreach (var pairs in ChunksAsync(finder, cancellationToken))
        {
            await removal.RemoveAsync(pairs, cancellationToken);
            done += pairs.Count;
            context.Report(50 + Math.Min(49, 49.0 * done / Math.Max(1, before.Duplicates)), $"{done:N0} of {before.Duplicates:N0} duplicates removed");
        }

        return removal;
    }

    private static async IAsyncEnumerable<List<DuplicatePair>> ChunksAsync(
        DuplicateFinder finder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new List<DuplicatePair>(DuplicateRemoval.AtOnce);
        await foreach (var pair in finder.FindAsync(cancellationToken))
        {
            chunk.Add(pair);
            if (chunk.Count == DuplicateRemoval.AtOnce)
            {
                yield return chunk;
                chunk = new List<DuplicatePair>(DuplicateRemoval.AtOnce);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    private Func<IReadOnlyList<KeyedRow>, CancellationToken, Task<string>>? ChoiceOf(DedupeOptions options, string sheetId) =>
        choices.All.FirstOrDefault(c => c.Name == options.Keep) is not { } choice
            ? null
            : async (group, cancellationToken) =>
            {
                var rows = await RowsOfAsync(sheetId, [.. group.Select(row => row.Id)], cancellationToken);
                var chosen = choice.Choose(rows)?.Id;
                return rows.Any(row => row.Id == chosen)
                    ? chosen!
                    : throw new JobFailedException($"The choice '{choice.Name}' chose a row that is not of its group. Correct it; nothing more was removed.");
            };

    private async Task<List<FlatfileRecord>> RowsOfAsync(string sheetId, string[] ids, CancellationToken cancellationToken)
    {
        var rows = new List<FlatfileRecord>(ids.Length);
        foreach (var some in ids.Chunk(100))
        {
            var query = some.Select(id => KeyValuePair.Create("ids", id));
            var data = await client.GetRelativeAsync($"v1/sheets/{Uri.EscapeDataString(sheetId)}/records", query, cancellationToken);
            rows.AddRange(data.GetProperty("records").EnumerateArray().Select(FlatfileRecord.FromJson));
        }

        return rows;
    }
}
