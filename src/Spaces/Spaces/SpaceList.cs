using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Spaces;

/// <summary>The query of <c>GET /spaces</c>, answered from the central summaries.</summary>
internal static class SpaceList
{
    private const string Where =
        """
        FROM spaces WHERE ($environment = '' OR environment = $environment) AND state = 'live' AND body IS NOT NULL
            AND ($own IS NULL OR number IN (SELECT value FROM json_each($own)))
            AND ($search IS NULL OR instr(name, $search) > 0)
            AND ($namespace IS NULL OR namespace = $namespace)
            AND ($app IS NULL OR app = $app)
            AND ($status IS NULL OR status = $status)
            AND ($archived IS NULL OR archived = $archived)
            AND ($collaborative IS NULL OR collaborative = $collaborative)
            AND ($template IS NULL OR template = $template)
            AND ($before IS NULL OR updated_at < $before)
        """;

    /// <summary>What a client may sort by, and the column behind it.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["name"] = "name",
        ["workbooksCount"] = "workbooks",
        ["filesCount"] = "files",
        ["environmentId"] = "environment",
        ["createdByUserName"] = "created_by",
        ["createdAt"] = "created_at",
        ["updatedAt"] = "updated_at",
        ["lastActivityAt"] = "active_at",
    };

    /// <summary>One page and the number of all.</summary>
    public static (List<string> Bodies, long Total) Read(SqliteConnection connection, ApiCall call, PageQuery page, IReadOnlyList<long>? own)
    {
        (string, object?)[] filter =
        [
            ("$environment", call.Caller.EnvironmentId),
            ("$own", own is null ? null : Wire.Text(new JsonArray([.. own.Select(number => (JsonNode)number)]))),
            ("$search", SpaceSummary.Fold(call.Query("search"))),
            ("$namespace", call.Query("namespace")),
            ("$app", call.Query("appId") ?? call.Query("app")),
            ("$status", call.Query("status")),
            ("$archived", call.Flag("archived")),
            ("$collaborative", call.Flag("isCollaborative")),
            ("$template", call.Flag("isAppTemplate")),
            ("$before", call.Time("updatedBefore") is { } before ? Wire.Time(before) : null),
        ];
        var total = connection.Number($"SELECT count(*) {Where}", filter);
        var bodies = connection.Rows(
            $"SELECT body {Where} ORDER BY {Order(call)} LIMIT $limit OFFSET $skip",
            row => row.GetString(0),
            [.. filter, ("$limit", page.Size), ("$skip", page.Skip)]);
        return (bodies, total);
    }

    private static string Order(ApiCall call)
    {
        var direction = call.Query("sortDirection") switch
        {
            null or "asc" => "ASC",
            "desc" => "DESC",
            _ => throw ApiRefusal.Bad("sortDirection", "'sortDirection' must be asc or desc."),
        };
        return call.Query("sortField") switch
        {
            null => "number DESC",
            { } field when Columns.TryGetValue(field, out var column) => $"{column} {direction}, number {direction}",
            _ => throw ApiRefusal.Bad("sortField", $"'sortField' must be one of {string.Join(", ", Columns.Keys)}."),
        };
    }
}
