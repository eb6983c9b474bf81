using System.Globalization;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>Goes through the rows of a sheet in pages, as the wire has them, and on from a place an earlier run had come to.</summary>
/// <remarks>
/// The next page begins behind the last row of the one before, wherever that row stands by then: rows that are deleted or added meanwhile make it
/// neither skip one nor give one twice.
/// </remarks>
internal sealed class RecordPages(FlatfileClient client, string sheetId, string? q, int pageSize)
{
    private const int Remembered = 50;

    /// <summary>The rows behind a place; fewer than a page only at the sheet's end.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(PagePlace place, CancellationToken cancellationToken)
    {
        var skip = await SkipAsync(place, cancellationToken);
        var rows = new List<JsonElement>();
        var number = (skip / pageSize) + 1;
        rows.AddRange((await ReadAsync(number, cancellationToken)).Skip((int)(skip % pageSize)));
        if (skip % pageSize > 0)
        {
            rows.AddRange((await ReadAsync(number + 1, cancellationToken)).Take(pageSize - rows.Count));
        }

        return rows;
    }

    /// <summary>The place behind rows that were handled.</summary>
    public static PagePlace Behind(PagePlace place, IReadOnlyList<JsonElement> rows) => rows.Count == 0 ? place
        : new PagePlace(place.Rows + rows.Count, [.. rows.TakeLast(Remembered).Select(r => r.GetProperty("id").GetString()!)]);

    private async Task<long> SkipAsync(PagePlace place, CancellationToken cancellationToken)
    {
        if (place.LastIds.Count == 0)
        {
            return 0;
        }

        var found = await client.Records.GetIndicesAsync(sheetId, place.LastIds, new RecordQuery { Q = q }, cancellationToken);
        return found.Count > 0
            ? found.Max(f => f.Index) + 1
            : throw new JobFailedException(
                $"The last {place.LastIds.Count} rows that were handled are gone, so it cannot be told where to go on; {place.Rows:N0} rows were handled. Submit again when nobody deletes rows.");
    }

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(long number, CancellationToken cancellationToken)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("pageSize", pageSize.ToString(CultureInfo.InvariantCulture)),
            new("pageNumber", number.ToString(CultureInfo.InvariantCulture)),
            new("includeMessages", "true"),
        };
        if (q is not null)
        {
            parameters.Add(new("q", q));
        }

        var data = await client.GetRelativeAsync($"v1/sheets/{Uri.EscapeDataString(sheetId)}/records", parameters, cancellationToken);
        return [.. data.GetProperty("records").EnumerateArray()];
    }
}
