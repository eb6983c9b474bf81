using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>The selection of rows in a JSON object, as jobs and views carry it: the members are the query parameters of a read.</summary>
internal static class SelectionConfig
{
    /// <summary>
    /// Reads <c>filter, filterField, searchValue, searchField, q, sortField, sortDirection, commitId, sinceCommitId</c>, and as ids both
    /// <c>ids</c> and <c>exceptions</c>. What takes rows away or changes them passes the result through <see cref="RowQuery.Cautious"/>.
    /// </summary>
    /// <exception cref="RecordBodyException">Members of the wrong type; all of them are named.</exception>
    public static RowQuery Read(SpaceRead read, JsonObject config)
    {
        var faults = new List<string>();
        var query = new RowQuery
        {
            Filter = Text(config, "filter", faults),
            FilterField = Text(config, "filterField", faults),
            SearchValue = Text(config, "searchValue", faults),
            SearchField = Text(config, "searchField", faults),
            Q = Text(config, "q", faults),
            SortField = Text(config, "sortField", faults),
            IsDescending = Text(config, "sortDirection", faults) switch
            {
                null or "asc" => false,
                "desc" => true,
                _ => Fault(faults, "sortDirection: must be asc or desc."),
            },
            Ids = [.. Texts(config, "ids", faults), .. Texts(config, "exceptions", faults)],
        };
        if (query.Filter is not (null or RecordFilter.All or RecordFilter.Valid or RecordFilter.Error or RecordFilter.None))
        {
            faults.Add($"filter: '{query.Filter}' is not known. Use valid, error, all or none.");
        }

        var commit = Text(config, "commitId", faults) ?? Text(config, "versionId", faults);
        var since = Text(config, "sinceCommitId", faults) ?? Text(config, "sinceVersionId", faults);
        return faults.Count > 0
            ? throw new RecordBodyException(string.Join(' ', faults))
            : query with { Commit = RecordCall.Commit(read, commit), SinceCommit = RecordCall.Commit(read, since) };
    }

    private static string? Text(JsonObject config, string member, List<string> faults)
    {
        switch (config[member])
        {
            case null:
                return null;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return text.Length == 0 ? null : text;
            default:
                Fault(faults, $"{member}: must be a text.");
                return null;
        }
    }

    private static IEnumerable<string> Texts(JsonObject config, string member, List<string> faults)
    {
        switch (config[member])
        {
            case null:
                return [];
            case JsonValue value when value.TryGetValue<string>(out var one):
                return [one];
            case JsonArray list when list.All(item => item is JsonValue value && value.TryGetValue<string>(out _)):
                return [.. list.Select(item => item!.GetValue<string>())];
            default:
                Fault(faults, $"{member}: must be a list of record ids.");
                return [];
        }
    }

    private static bool Fault(List<string> faults, string fault)
    {
        faults.Add(fault);
        return false;
    }
}
