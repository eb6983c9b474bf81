using System.Text.Json;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;
using Microsoft.Net.Http.Headers;

namespace Flatfile.Spaces.Records;

/// <summary>Reading the rows of a sheet: pages, counts, statistics, values, places, and all of them as CSV.</summary>
internal sealed class RecordReadEndpoints(EventSelection events, SoughtIndexMaker indexes) : IEndpoints
{
    private const int LongestFileName = 200;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("records.get", GetAsync);
        routes.Map("records.indices", IndicesAsync);
        routes.Map("sheets.getRecordCounts", CountsAsync);
        routes.Map("sheets.getCalculations", CalculationsAsync);
        routes.Map("sheets.getCellValues", CellsAsync);
        routes.Map("sheets.getRecordsAsCsv", CsvAsync);
    }

    private async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
        var counted = call.Flag("includeCounts") == true || call.Flag("includeLength") == true;
        var commitId = call.Query("commitId") ?? call.Query("versionId");

        // Refusals must come before the answer begins, so the query is opened once to see whether it can be.
        await call.ReadAsync(space, read =>
        {
            Open(read).Rows.Dispose();
            indexes.Note(read, () => SheetOfCall.Find(read, id).Schema, RecordCall.Query(call, read));
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

    private async Task<Answer> CountsAsync(ApiCall call)
    {
        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
        var byField = call.Flag("byField") == true;
        var counts = await call.ReadAsync(space, read => RecordCall.Run(() =>
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            var query = RecordCall.Query(call, read);
            indexes.Note(read, () => schema, query);
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

    private async Task<Answer> CalculationsAsync(ApiCall call)
    {
        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
        var body = await call.ReadAsync(space, read => RecordCall.Run(() =>
        {
            var sheet = SheetOfCall.Find(read, id);
            var query = RecordCall.Query(call, read);
            return Wire.Bytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("data");
                foreach (var _ in Calculations.Write(read.Connection, sheet.Schema, query, sheet.Sheet.Body.Text("workbookId")!, id.ToString(), writer))
                {
                    call.Cancelled.ThrowIfCancellationRequested();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        })).ConfigureAwait(false);
        return Answer.Json(body);
    }

    /// <summary>A bare array: clients of this call fail on an envelope.</summary>
    private async Task<Answer> IndicesAsync(ApiCall call)
    {
        // The ids say whose places are asked for; they select nothing, whatever an event selects.
        var ids = RecordCall.Ids(call);
        if (ids.Count == 0)
        {
            throw ApiRefusal.Bad("ids", "'ids' names the records whose places are asked for.");
        }

        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
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

    private async Task<Answer> CellsAsync(ApiCall call)
    {
        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
        var distinct = call.Flag("distinct") == true;
        var counted = call.Flag("includeCounts") == true;
        var key = call.Query("fieldKey");
        await call.ReadAsync(space, read => RecordCall.Run(() =>
        {
            var (schema, fields, query) = Asked(read);
            foreach (var field in fields.Take(1))
            {
                CellValues.Open(read.Connection, schema, field, query, distinct).Dispose();
            }

            return true;
        })).ConfigureAwait(false);
        return RowStream.Json(space, Write);

        (SheetSchema Schema, IEnumerable<SheetField> Fields, RowQuery Query) Asked(SpaceRead read)
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            var query = RecordCall.Query(call, read) with { PageSize = call.Number("pageSize", 1, RecordLimits.DefaultPageSize) ?? 1_000 };
            return (schema, key is null ? schema.Fields : [Selection.FieldOf(schema, key, "fieldKey")], query);
        }

        IEnumerable<bool> Write(SpaceRead read, Utf8JsonWriter writer)
        {
            var (schema, fields, query) = Asked(read);
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            foreach (var part in fields.SelectMany(field => CellValues.Write(read.Connection, schema, field, query, distinct, counted, writer)))
            {
                yield return part;
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private async Task<Answer> CsvAsync(ApiCall call)
    {
        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
        var name = await call.ReadAsync(space, read => RecordCall.Run(() =>
        {
            var sheet = SheetOfCall.Find(read, id);
            CsvRows.Open(read.Connection, sheet.Schema, RecordCall.Query(call, read), out _).Dispose();
            return sheet.Sheet.Body.Text("name") ?? sheet.Sheet.Slug;
        })).ConfigureAwait(false);
        var disposition = new ContentDispositionHeaderValue("attachment");
        // A header has to stay short; the name of a sheet need not.
        disposition.SetHttpFileName($"{(name.Length <= LongestFileName ? name : name[..LongestFileName])}.csv");
        return RowStream.Of(
            space, "text/csv; charset=utf-8",
            (read, buffer) => CsvRows.Write(read.Connection, SheetOfCall.Find(read, id).Schema, RecordCall.Query(call, read), buffer),
            ("Content-Disposition", disposition.ToString()));
    }

    /// <summary>The sheet of the call, whose parameters are those of the event it names from here on.</summary>
    private async Task<(SpaceFolder Space, ResourceId Id)> SheetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        await events.ApplyAsync(call, space, id).ConfigureAwait(false);
        return (space, id);
    }
}
