using System.Text.Json;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Reading the rows of a sheet: pages, counts, values, places.</summary>
internal sealed class RecordReadEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("records.get", GetAsync);
        routes.Map("records.indices", IndicesAsync);
        routes.Map("sheets.getRecordCounts", CountsAsync);
        routes.Map("sheets.getCellValues", CellsAsync);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var counted = call.Flag("includeCounts") == true || call.Flag("includeLength") == true;
        var commitId = call.Query("commitId") ?? call.Query("versionId");

        // Refusals must come before the answer begins, so the query is opened once to see whether it can be.
        await call.ReadAsync(space, read =>
        {
            Open(read).Rows.Dispose();
            return true;
        }).ConfigureAwait(false);
        return RecordStream.Of(space, Open);

        (RecordCursor Rows, Action<Utf8JsonWriter> Members) Open(SpaceRead read) => RecordCall.Run<(RecordCursor, Action<Utf8JsonWriter>)>(() =>
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            var query = RecordCall.Query(call, read);
            return (RecordCursor.Open(read.Connection, schema, query, timed: true), writer =>
            {
                if (counted)
                {
                    RecordStream.WriteCounts(writer, RecordReader.Count(read.Connection, schema, query));
                }

                RecordStream.WriteCommit(writer, commitId);
            });
        });
    }

    private static async Task<Answer> CountsAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var byField = call.Flag("byField") == true;
        var counts = await call.ReadAsync(space, read => RecordCall.Run(() =>
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            var query = RecordCall.Query(call, read);
            return byField ? RecordReader.CountByField(read.Connection, schema, query) : RecordReader.Count(read.Connection, schema, query);
        })).ConfigureAwait(false);
        return Answer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            RecordStream.WriteCounts(writer, counts);
            writer.WriteBoolean("success", true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    /// <summary>A bare array: clients of this call fail on an envelope.</summary>
    private static async Task<Answer> IndicesAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var ids = call.QueryAll("ids");
        if (ids.Count == 0)
        {
            throw ApiRefusal.Bad("ids", "'ids' names the records whose places are asked for.");
        }

        var places = await call.ReadAsync(space, read => RecordCall.Run(() =>
            RecordPlaces.Of(read.Connection, SheetOfCall.Find(read, id).Schema, RecordCall.Query(call, read) with { Ids = [] }, ids))).ConfigureAwait(false);
        return Answer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var (record, index) in places)
            {
                writer.WriteStartObject();
                writer.WriteString("id", record);
                writer.WriteNumber("index", index);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static async Task<Answer> CellsAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var distinct = call.Flag("distinct") == true;
        var counted = call.Flag("includeCounts") == true;
        var key = call.Query("fieldKey");
        var body = await call.ReadAsync(space, read => RecordCall.Run(() =>
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            var query = RecordCall.Query(call, read) with { PageSize = call.Number("pageSize", 1, RecordLimits.DefaultPageSize) ?? 1_000 };
            return Wire.Bytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartObject("data");
                foreach (var field in key is null ? schema.Fields : [Selection.FieldOf(schema, key, "fieldKey")])
                {
                    CellValues.Write(read.Connection, schema, field, query, distinct, counted, writer);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            });
        })).ConfigureAwait(false);
        return Answer.Json(body);
    }
}
