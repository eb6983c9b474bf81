using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Snapshots;

/// <summary><c>/snapshots</c>.</summary>
internal sealed class SnapshotEndpoints : IEndpoints
{
    private const int DefaultPage = 1_000;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("snapshots.createSnapshot", CreateAsync);
        routes.Map("snapshots.listSnapshots", ListAsync);
        routes.Map("snapshots.getSnapshot", GetAsync);
        routes.Map("snapshots.deleteSnapshot", DeleteAsync);
        routes.Map("snapshots.restoreSnapshot", RestoreAsync);
        routes.Map("snapshots.getSnapshotRecords", RecordsAsync);
    }

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var faults = new[] { "sheetId", "label", "threadId" }
            .Where(member => given[member] is not null && given.Text(member) is null)
            .Select(member => new ApiFault(member, $"'{member}' must be a text.")).ToList();
        if (given["sheetId"] is null)
        {
            faults.Add(new ApiFault("sheetId", "'sheetId' names the sheet to take a snapshot of."));
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        var (space, id) = await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", given.Text("sheetId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
            Answer.Data(SnapshotStore.Create(write, SheetOfCall.Find(write, id), given.Text("label"), given.Text("threadId")))).ConfigureAwait(false);
    }

    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var sheetId = call.Query("sheetId") ?? throw ApiRefusal.Bad("sheetId", "'sheetId' names the sheet whose snapshots are listed.");
        var threadId = call.Query("threadId");
        var (space, id) = await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", sheetId).ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            ResourceTable.Sheets.Get(read.Connection, id);
            return Answer.List(ResourceTable.Snapshots.List(read.Connection, id.Number)
                .Where(snapshot => threadId is null || snapshot.Text("threadId") == threadId).Select(SnapshotStore.View));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var isSummary = call.Flag("includeSummary") == true;
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Snapshots, "snapshotId").ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            var body = ResourceTable.Snapshots.Get(read.Connection, id);
            var view = SnapshotStore.View(body);
            if (isSummary)
            {
                view["summary"] = Summary(read, id, body);
            }

            return Answer.Data(view);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Snapshots, "snapshotId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            SnapshotStore.Delete(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> RestoreAsync(ApiCall call)
    {
        var kinds = RestoreKinds.Of(await call.ReadObjectAsync().ConfigureAwait(false));
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Snapshots, "snapshotId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var body = ResourceTable.Snapshots.Get(write.Connection, id);
            var sheet = SheetOf(write, body).Writable(write);
            var before = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
            var commit = write.NewId(IdPrefix.Commit);
            var result = SnapshotRestore.Run(write.Connection, sheet.Schema, id.Number, commit.Number, kinds);
            RecordNews.Deleted(write, sheet, result.Deleted);
            if (result.Updated + result.Returned > 0)
            {
                Commits.Create(write, sheet, commit, result.Updated + result.Returned, () =>
                {
                    RecordNews.Created(write, sheet, commit.ToString(), result.Returned);
                    RecordNews.Updated(write, sheet, commit.ToString(), result.Updated);
                    RecordNews.Counts(write, sheet);
                });
            }
            else if (RecordTables.Counts(write.Connection, sheet.Sheet.Records) != before)
            {
                RecordNews.Counts(write, sheet);
            }

            return Answer.Data(SnapshotStore.View(body));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> RecordsAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPage);
        var changeType = ChangeType.Of(call);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Snapshots, "snapshotId").ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            var schema = SheetOf(read, ResourceTable.Snapshots.Get(read.Connection, id)).Schema;
            var rows = new SnapshotDiff(read.Connection, schema, id.Number).Page(changeType, page.Size, page.Skip);
            using var diff = new DiffWriter(read.Connection, schema, id.Number);
            return Answer.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("data");
                rows.ForEach(row => diff.Write(row, writer));
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }).ConfigureAwait(false);
    }

    private static SheetOfCall SheetOf(SpaceRead read, JsonObject snapshot) => SheetOfCall.Find(read, read.Own(ResourceTable.Sheets, snapshot.Text("sheetId")));

    /// <summary>What changed since, in rows and in the schema, and the schema of then.</summary>
    private static JsonNode Summary(SpaceRead read, ResourceId id, JsonObject body)
    {
        var sheet = SheetOf(read, body);
        var then = SnapshotStore.ConfigOf(body);
        var summary = JsonNode.Parse(Wire.Bytes(writer =>
        {
            writer.WriteStartObject();
            new SnapshotDiff(read.Connection, sheet.Schema, id.Number).WriteSummary(writer);
            writer.WriteEndObject();
        }).Span)!;
        var before = KeysOf(then);
        var after = KeysOf(sheet.Sheet.Config);
        summary["schemaDiff"] = new JsonObject(before.Union(after).Select(key => KeyValuePair.Create(
            key, (JsonNode?)(!after.Contains(key) ? "removed" : before.Contains(key) ? "unchanged" : "added"))));
        summary["config"] = then.DeepClone();
        return summary;
    }

    private static List<string> KeysOf(JsonObject config) =>
        [.. (config["fields"] as JsonArray ?? []).OfType<JsonObject>().Select(field => field.Text("key")).OfType<string>()];
}
