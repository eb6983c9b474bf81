using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>Lists jobs: found in the central index, then read from the few spaces a page comes from.</summary>
internal sealed class JobListing(CentralStore central, SpaceRegistry registry, EventRelay relay)
{
    private const int DefaultPage = 20;

    /// <summary>Each stands alone, so that those asked for can use their index.</summary>
    private static readonly Dictionary<string, string> Conditions = new(StringComparer.Ordinal)
    {
        ["$environment"] = "environment = $environment",
        ["$space"] = "space = $space",
        ["$own"] = "space IN (SELECT value FROM json_each($own))",
        ["$parent"] = "parent = $parent",
        ["$file"] = "file = $file",
        ["$source"] = "source = $source",
        ["$workbook"] = "(source = $workbook OR destination = $workbook)",
        ["$whole"] = "parent IS NULL AND $whole",
    };

    /// <summary>Of one space, or of all the caller sees; newest first.</summary>
    public async Task<Answer> ListAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPage);
        var direction = call.Query("sortDirection") ?? "desc";
        if (direction is not ("asc" or "desc"))
        {
            throw ApiRefusal.Bad("sortDirection", "'sortDirection' must be asc or desc.");
        }

        call.SameEnvironment(call.Query("environmentId"));
        var space = call.Query("spaceId") is { } spaceId ? await call.SpaceAsync(spaceId).ConfigureAwait(false) : null;
        var own = space is null ? await call.OwnSpacesAsync().ConfigureAwait(false) : null;
        (string Name, object? Value)[] filter =
        [
            .. new (string Name, object? Value)[]
            {
                ("$environment", space is null && call.Caller.EnvironmentId.Length > 0 ? call.Caller.EnvironmentId : null),
                ("$space", space?.Number),
                ("$own", own is null ? null : $"[{string.Join(',', own)}]"),
                ("$parent", call.Query("parentId")),
                ("$file", call.Query("fileId")),
                ("$source", call.Query("source")),
                ("$workbook", call.Query("workbookId")),
                ("$whole", call.Flag("excludeChildJobs") is true ? 1 : null),
            }.Where(condition => condition.Value is not null),
        ];
        await SettleAsync(call).ConfigureAwait(false);

        var where = string.Join(" AND ", filter.Select(condition => Conditions[condition.Name]).DefaultIfEmpty("1"));
        var order = direction == "asc" ? "created_at, space, number" : "created_at DESC, space DESC, number DESC";
        var (found, total) = await central.ReadAsync(
            connection => (
                connection.Rows(
                    $"SELECT space, number FROM jobs WHERE {where} ORDER BY {order} LIMIT $limit OFFSET $skip",
                    row => (Space: row.GetInt64(0), Number: row.GetInt64(1)),
                    [.. filter, ("$limit", page.Size), ("$skip", page.Skip)]),
                connection.Number($"SELECT count(*) FROM jobs WHERE {where}", filter)),
            call.Cancelled).ConfigureAwait(false);
        return Answer.List(await ReadAsync(call, found, alone: space is not null).ConfigureAwait(false), page, total);
    }

    /// <summary>A caller sees what it has just caused; spaces that came in from elsewhere are looked through once.</summary>
    private async Task SettleAsync(ApiCall call)
    {
        var unknown = await central.ReadAsync(
            connection => connection.Rows(
                "SELECT number, environment FROM spaces WHERE jobs_indexed = 0 AND state = 'live'", row => (Number: row.GetInt64(0), Environment: row.GetString(1))),
            call.Cancelled).ConfigureAwait(false);
        unknown.ForEach(one => relay.MarkDirty(registry.At(one.Number, one.Environment)));
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
    }

    /// <summary>The bodies, in the order found. Where many spaces are asked, one that cannot be read does not hide the others.</summary>
    private async Task<IEnumerable<JsonObject>> ReadAsync(ApiCall call, List<(long Space, long Number)> found, bool alone)
    {
        var bodies = new Dictionary<(long, long), JsonObject>();
        foreach (var group in found.GroupBy(one => one.Space))
        {
            if (await registry.FindAsync(group.Key, call.Cancelled).ConfigureAwait(false) is not { } space)
            {
                continue;
            }

            try
            {
                foreach (var (number, body) in await call.ReadAsync(
                    space, read => group.Select(one => (one.Number, Body: ResourceTable.Jobs.Find(read.Connection, one.Number))).ToList()).ConfigureAwait(false))
                {
                    if (body is not null)
                    {
                        bodies[(group.Key, number)] = body;
                    }
                }
            }
            catch (ApiRefusal fault) when (!alone && fault.Status is 503 or 404)
            {
                // It answers for itself when it is asked alone.
            }
        }

        return found.Where(bodies.ContainsKey).Select(one => bodies[one]);
    }
}
