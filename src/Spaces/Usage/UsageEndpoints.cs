using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Usage;

/// <summary>What a space uses, and what happened in it.</summary>
internal sealed class UsageEndpoints(CentralStore central, EventRelay relay, TimeProvider time) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("spaces.getUsage", UsageAsync);
        routes.Map("spaces.getMetrics", MetricsAsync);
    }

    private async Task<Answer> UsageAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.ReadAsync(space, Usage).ConfigureAwait(false);
    }

    private Answer Usage(SpaceRead read)
    {
        var connection = read.Connection;
        var space = SpaceView.Read(connection);
        var database = UsageMeter.Database(connection);
        var files = UsageMeter.FileBytes(connection);
        return Answer.Data(new JsonObject
        {
            ["spaceId"] = read.SpaceId,
            ["storageUsed"] = database + files,
            ["databaseBytes"] = database,
            ["fileBytes"] = files,
            ["ageInDays"] = Math.Max(0, (long)(time.GetUtcNow() - TimeOf(space, "createdAt")!.Value).TotalDays),
            ["records"] = UsageMeter.Records(connection),
            ["files"] = UsageMeter.Files(connection),
            ["workbooks"] = ResourceTable.Workbooks.Count(connection),
            ["sheets"] = ResourceTable.Sheets.Count(connection),
            ["documents"] = ResourceTable.Documents.Count(connection),
            ["jobs"] = ResourceTable.Jobs.Count(connection),
            ["users"] = (space["users"] as JsonArray)?.Count ?? 0,
            ["limits"] = new JsonObject(LimitGuard.Of(read).Select(limit => KeyValuePair.Create(limit.Kind.Name, (JsonNode?)limit.Most))),
        });
    }

    private async Task<Answer> MetricsAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        var tallies = await central.ReadAsync(connection => EventTally.Read(connection, space.Number), call.Cancelled).ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(Metrics(read, tallies))).ConfigureAwait(false);
    }

    private static JsonObject Metrics(SpaceRead read, IReadOnlyList<EventTally> tallies)
    {
        var space = SpaceView.Read(read.Connection);
        var completed = TimeOf(space, "completedAt");
        return new JsonObject
        {
            ["spaceId"] = read.SpaceId,
            ["name"] = space.Text("name"),
            ["createdAt"] = space.Text("createdAt"),
            ["completedAt"] = space.Text("completedAt"),
            ["status"] = space.Text("status"),
            ["totalEvents"] = tallies.Sum(tally => tally.Count),
            ["eventsByTopic"] = new JsonObject(tallies.Select(tally => KeyValuePair.Create(tally.Topic, (JsonNode?)tally.Count))),
            ["userCount"] = (space["users"] as JsonArray)?.Count ?? 0,
            ["fileCount"] = ResourceTable.Files.Count(read.Connection),
            ["recordCount"] = UsageMeter.Records(read.Connection),
            ["recordsProcessed"] = tallies.Where(tally => tally.Topic == Api.Topics.RecordsCreated).Sum(tally => tally.Records),
            ["timeToComplete"] = completed is { } end ? (long)(end - TimeOf(space, "createdAt")!.Value).TotalMilliseconds : null,
        };
    }

    private static DateTimeOffset? TimeOf(JsonObject space, string member) =>
        space.Text(member) is { } text ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
}
