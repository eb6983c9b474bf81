using System.Globalization;
using System.Text.Json;
using Flatfile.Agent.Core.Failing;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs.Paging;

/// <summary>Goes through a sheet page by page, and on from the page an earlier run had come to.</summary>
internal sealed class SheetPaging(string jobId, FlatfileClient client, IRunMemory memory)
{
    private const int LargestPage = 10_000;

    public async Task<long> RunAsync(SheetQuery query, Func<SheetPage, CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query.SheetId, nameof(query));
        if (query.PageSize is < 1 or > LargestPage)
        {
            throw new ArgumentException($"A page of {query.PageSize} rows cannot be read. Give a page size from 1 to {LargestPage}.", nameof(query));
        }

        var name = "pages:" + (query.Name ?? query.SheetId);
        var place = await LoadAsync(name, query, cancellationToken).ConfigureAwait(false);
        var skip = await GoOnAsync(query, place, cancellationToken).ConfigureAwait(false);
        while (!place.IsDone)
        {
            var number = (int)(skip / query.PageSize) + 1;
            var rows = await ReadAsync(query, number, cancellationToken).ConfigureAwait(false);
            var records = rows.Skip((int)(skip % query.PageSize)).ToList();
            if (records.Count > 0)
            {
                // Named after what stands before it: the page that begins there is the same one, whatever its number is by now.
                var key = $"{jobId}:{name}:{place.LastId ?? "start"}";
                await handle(new SheetPage(number, place.Rows, records, key), cancellationToken).ConfigureAwait(false);
                FailPoint.Hit(FailPoints.PageHandled);
            }

            place = new PagePlace(place.Rows + records.Count, records.Count > 0 ? records[^1].Id : place.LastId, number, query.PageSize, rows.Count < query.PageSize);
            await memory.SaveAsync(name, JsonSerializer.SerializeToUtf8Bytes(place, PagingJson.Default.PagePlace), gotAhead: true, cancellationToken).ConfigureAwait(false);
            FailPoint.Hit(FailPoints.PageRemembered);
            skip = (long)number * query.PageSize;
        }

        return place.Rows;
    }

    private async Task<PagePlace> LoadAsync(string name, SheetQuery query, CancellationToken cancellationToken) =>
        await memory.LoadAsync(name, cancellationToken).ConfigureAwait(false) is { } saved
            ? JsonSerializer.Deserialize(saved, PagingJson.Default.PagePlace)!
            : new PagePlace(0, null, 0, query.PageSize, false);

    /// <summary>The rows to leave out before the next one. Where the last row handled stands now counts; where it stood counts when it is gone.</summary>
    private async Task<long> GoOnAsync(SheetQuery query, PagePlace place, CancellationToken cancellationToken)
    {
        if (place.LastId is null || place.IsDone)
        {
            return 0;
        }

        var found = await client.Records.GetIndicesAsync(
            query.SheetId, [place.LastId], new RecordQuery { Filter = query.Filter, Q = query.Q }, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0].Index + 1 : (long)place.Number * place.PageSize;
    }

    private async Task<IReadOnlyList<FlatfileRecord>> ReadAsync(SheetQuery query, int number, CancellationToken cancellationToken)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("pageSize", query.PageSize.ToString(CultureInfo.InvariantCulture)),
            new("pageNumber", number.ToString(CultureInfo.InvariantCulture)),
        };
        parameters.AddRange((query.Fields ?? []).Select(field => KeyValuePair.Create("fields", field)));
        Add("filter", query.Filter);
        Add("q", query.Q);
        var data = await client.GetRelativeAsync($"v1/sheets/{Uri.EscapeDataString(query.SheetId)}/records", parameters, cancellationToken).ConfigureAwait(false);
        return data.TryGetProperty("records", out var records) ? [.. records.EnumerateArray().Select(FlatfileRecord.FromJson)] : [];

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters.Add(KeyValuePair.Create(name, value));
            }
        }
    }
}
