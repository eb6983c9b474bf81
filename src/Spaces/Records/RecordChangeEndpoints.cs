using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Changing the rows of a sheet: insert, update, delete, each with its commit and its events in one transaction.</summary>
internal sealed class RecordChangeEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("records.insert", InsertAsync);
        routes.Map("records.update", UpdateAsync);
        routes.Map("records.delete", DeleteAsync);
    }

    private static async Task<Answer> InsertAsync(ApiCall call)
    {
        var body = await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var made = await call.WriteAsync(space, write =>
        {
            var sheet = SheetOfCall.Find(write, id).Writable(write);
            sheet = RecordCall.Run(() => AdditionalFields.Add(write, sheet, RecordCall.Body(body)));
            var commit = write.NewId(IdPrefix.Commit);
            var rows = RecordCall.Run(() => RecordWriter.Insert(write.Connection, sheet.Schema, RecordCall.Body(body), commit.Number));
            Commits.Create(write, sheet, commit, rows.Count, () =>
            {
                if (rows.Count > 0)
                {
                    RecordNews.Created(write, sheet, commit.ToString(), rows.Count);
                    RecordNews.Counts(write, sheet);
                }
            });
            return Answer.Json(default(ReadOnlyMemory<byte>)).WithRecipe(Recipe(commit, rows));
        }, (_, recipe) => Answer.Json(default(ReadOnlyMemory<byte>)).WithRecipe(recipe)).ConfigureAwait(false);

        return Inserted(call, space, id, Wire.Parse(made.Recipe!.Value.Span));
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var body = await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var commitText = call.Query("commitId") ?? call.Query("versionId");
        return await call.WriteAsync(space, write =>
        {
            var sheet = SheetOfCall.Find(write, id).Writable(write);
            return commitText is null ? Update(call, write, sheet, body) : WriteBack(call, write, sheet, write.Own(ResourceTable.Commits, commitText), body);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var ids = call.QueryAll("ids");
        if (ids.Count == 0)
        {
            throw ApiRefusal.Bad("ids", "'ids' names the records to delete. Without it nothing is deleted.");
        }

        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var sheet = SheetOfCall.Find(write, id).Writable(write);
            var count = RecordCall.Run(() => RecordWriter.Delete(write.Connection, sheet.Schema, new RowQuery { Ids = ids }));
            if (count > 0)
            {
                RecordNews.Deleted(write, sheet, count);
                RecordNews.Counts(write, sheet);
            }

            return Answer.Success;
        }).ConfigureAwait(false);
    }

    /// <summary>A change by a person or a program. Only values (or the caller's wish) make a commit that hooks see.</summary>
    private static Answer Update(ApiCall call, SpaceWrite write, SheetOfCall sheet, ReadOnlyMemory<byte> body)
    {
        var force = call.Http.Request.Headers["x-force-hooks"] == "true";
        var before = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
        var commit = write.NewId(IdPrefix.Commit);
        var result = RecordCall.Run(() =>
            RecordWriter.Update(write.Connection, sheet.Schema, RecordCall.Body(body), UpdateStamp.New(commit.Number, force)));
        return RecordNews.Version(RecordNews.Commit(write, sheet, commit, result, before, force));
    }

    /// <summary>A hook's answer to the commit it was told of: never a commit of its own, or it would be told again.</summary>
    private static Answer WriteBack(ApiCall call, SpaceWrite write, SheetOfCall sheet, ResourceId commit, ReadOnlyMemory<byte> body)
    {
        if (ResourceTable.Commits.Get(write.Connection, commit).Text("sheetId") != sheet.Sheet.Id.ToString())
        {
            throw ApiRefusal.NotFound("commit of this sheet", commit.ToString());
        }

        RecordCall.Run(() => RecordWriter.Update(
            write.Connection, sheet.Schema, RecordCall.Body(body), UpdateStamp.WriteBack(write.Connection, sheet.Sheet.Records, commit.Number)));
        Commits.WrittenBack(write, sheet, commit, call.Number("pageNumber", 1, int.MaxValue), () => RecordNews.Counts(write, sheet));
        return RecordNews.Version(commit.ToString());
    }

    /// <summary>Which rows a repeat of the request answers with.</summary>
    private static ReadOnlyMemory<byte> Recipe(ResourceId commit, InsertResult rows) => Wire.Bytes(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("commitId", commit.ToString());
        writer.WriteNumber("first", rows.First);
        writer.WriteNumber("count", rows.Count);
        writer.WriteEndObject();
    });

    /// <summary>The rows are sent after the write, so that nobody waits for them at the gate.</summary>
    private static Answer Inserted(ApiCall call, SpaceFolder space, ResourceId id, JsonObject recipe)
    {
        var commitId = recipe.Text("commitId")!;
        if (call.Http.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.OrdinalIgnoreCase))
        {
            return Answer.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartObject("data");
                writer.WriteBoolean("success", true);
                RecordStream.WriteCommit(writer, commitId);
                writer.WriteEndObject();
                writer.WriteEndObject();
            });
        }

        var rows = new InsertResult(recipe["first"]!.GetValue<long>(), recipe["count"]!.GetValue<int>());
        return RecordStream.Of(space, read =>
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            return (RecordCursor.Inserted(read.Connection, schema, rows), writer => RecordStream.WriteCommit(writer, commitId));
        });
    }
}
