using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The rows behind an event's <c>dataUrl</c>, over the API. The client is made on first use: most handlers read no rows.</summary>
internal sealed class EventRecords(FlatfileEvent @event, Func<FlatfileClient> client) : IEventRecords
{
    private const int PageSize = 10_000;

    private bool _written;

    public bool Available => @event.DataUrl is not null;

    public async IAsyncEnumerable<IReadOnlyList<FlatfileRecord>> ReadPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (@event.DataUrl is not { } url)
        {
            yield break;
        }

        // An event that speaks of one page of a large change says so itself.
        var isOnePage = url.Contains("pageNumber=", StringComparison.Ordinal);
        var firstOfLast = default(string);
        for (var number = 1; ; number++)
        {
            var page = await ReadPageAsync(url, isOnePage ? null : number, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0 || page[0].Id == firstOfLast)
            {
                yield break;
            }

            firstOfLast = page[0].Id;
            var isLast = isOnePage || page.Count < PageSize;
            yield return page;
            if (isLast)
            {
                yield break;
            }
        }
    }

    public async Task<int> UpdateAsync(IReadOnlyList<FlatfileRecord> records, CancellationToken cancellationToken)
    {
        var changed = records.Where(r => r.IsModified).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        var url = @event.DataUrl ?? throw new InvalidOperationException($"Event {@event} has no dataUrl: there are no rows to write.");
        await client().PutRelativeAsync(
            url,
            writer =>
            {
                writer.WriteStartArray();
                changed.ForEach(r => r.WriteChanges(writer));
                writer.WriteEndArray();
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        _written = true;
        return changed.Count;
    }

    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        var tracks = @event.Payload.TryGetProperty("trackChanges", out var track) && track.ValueKind == JsonValueKind.True;
        return tracks && !_written && @event.Context.CommitId is { } commit
            ? client().Commits.CompleteAsync(commit, cancellationToken)
            : Task.CompletedTask;
    }

    private async Task<IReadOnlyList<FlatfileRecord>> ReadPageAsync(string url, int? number, CancellationToken cancellationToken)
    {
        IEnumerable<KeyValuePair<string, string>> query = number is { } n
            ? [new("pageSize", PageSize.ToString(CultureInfo.InvariantCulture)), new("pageNumber", n.ToString(CultureInfo.InvariantCulture))]
            : [];
        var data = await client().GetRelativeAsync(url, query, cancellationToken).ConfigureAwait(false);
        return data.ValueKind == JsonValueKind.Object && data.TryGetProperty("records", out var rows) && rows.ValueKind == JsonValueKind.Array
            ? [.. rows.EnumerateArray().Select(FlatfileRecord.FromJson)]
            : [];
    }
}
