using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>Deletes duplicates a few at a time, each only after the server was asked whether it still is one; merges their values first where that is wanted.</summary>
internal sealed class DuplicateRemoval(FlatfileClient client, string sheetId, DedupeOptions options)
{
    /// <summary>Pairs at once: with both their ids they fit into the hundred ids a call takes.</summary>
    public const int AtOnce = 50;

    private readonly RowKey _key = new(options);

    /// <summary>Rows deleted by this run.</summary>
    public long Deleted { get; private set; }

    /// <summary>Rows that somebody changed or deleted meanwhile, so that they are no duplicates any more. They are left alone.</summary>
    public long Changed { get; private set; }

    /// <summary>Cells of rows that stay which took their value from a duplicate.</summary>
    public long Filled { get; private set; }

    /// <summary>Cells of duplicates whose value differed from that of the row that stays, and went.</summary>
    public long Differing { get; private set; }

    public async Task RemoveAsync(IReadOnlyList<DuplicatePair> pairs, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(pairs, cancellationToken);
        var still = pairs.Where(pair => IsDuplicate(rows, pair)).ToList();
        Changed += pairs.Count - still.Count;
        if (options.Keep == DedupeOptions.Merge)
        {
            await MergeAsync(rows, still, cancellationToken);
        }

        await client.Records.DeleteAsync(sheetId, still.ConvertAll(pair => pair.Goes), cancellationToken);
        Deleted += still.Count;
    }

    private async Task<Dictionary<string, FlatfileRecordData>> ReadAsync(IReadOnlyList<DuplicatePair> pairs, CancellationToken cancellationToken)
    {
        var ids = pairs.SelectMany(pair => new[] { pair.Stays, pair.Goes }).Distinct().ToList();
        var query = new RecordQuery { Ids = ids, PageSize = ids.Count, Fields = options.Keep == DedupeOptions.Merge ? null : options.On };
        var page = await client.Records.GetPageAsync(sheetId, query, cancellationToken: cancellationToken);
        return page.Records.ToDictionary(row => row.Id, StringComparer.Ordinal);
    }

    private bool IsDuplicate(Dictionary<string, FlatfileRecordData> rows, DuplicatePair pair) =>
        rows.TryGetValue(pair.Stays, out var stays) && rows.TryGetValue(pair.Goes, out var goes)
        && KeyOf(stays) is { } key && key == KeyOf(goes);

    private string? KeyOf(FlatfileRecordData row) => _key.Of(field => ValueOf(row, field));

    /// <summary>An empty cell of the row that stays takes the first value its duplicates have. It is safe to do twice.</summary>
    private async Task MergeAsync(Dictionary<string, FlatfileRecordData> rows, List<DuplicatePair> pairs, CancellationToken cancellationToken)
    {
        var updates = new List<FlatfileRecordData>();
        foreach (var group in pairs.GroupBy(pair => pair.Stays))
        {
            var (stays, filled) = (rows[group.Key], new Dictionary<string, CellValue>());
            foreach (var (field, cell) in group.SelectMany(pair => rows[pair.Goes].Values))
            {
                if (IsEmpty(cell.Value))
                {
                    continue;
                }

                var has = filled.TryGetValue(field, out var taken) ? taken.Value : ValueOf(stays, field);
                if (IsEmpty(has))
                {
                    filled[field] = new CellValue { Value = Plain(cell) };
                }
                else if (!JsonElement.DeepEquals(has!.Value, cell.Value!.Value))
                {
                    Differing++;
                }
            }

            if (filled.Count > 0)
            {
                Filled += filled.Count;
                updates.Add(new FlatfileRecordData { Id = group.Key, Values = filled });
            }
        }

        if (updates.Count > 0)
        {
            await client.Records.UpdateAsync(sheetId, updates, cancellationToken: cancellationToken);
        }
    }

    /// <summary>The text as it came where there is one: a cast of it would not give it back.</summary>
    private static JsonElement? Plain(CellValue cell) => cell.Raw is { } raw ? JsonSerializer.SerializeToElement(raw) : cell.Value;

    private static JsonElement ValueOf(FlatfileRecordData row, string field) =>
        row.Values.TryGetValue(field, out var cell) && cell.Value is { } value ? value : default;

    private static bool IsEmpty(JsonElement? value) => value is not { } some || some.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => some.ValueEquals(string.Empty),
        JsonValueKind.Array => some.GetArrayLength() == 0,
        _ => false,
    };
}
