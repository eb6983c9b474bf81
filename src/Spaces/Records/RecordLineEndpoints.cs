using System.Buffers;
using System.Text.Json;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary><c>GET /v2-alpha/records.jsonl</c>: the rows of a selection as JSON lines; all of them, unless a page is asked for.</summary>
internal sealed class RecordLineEndpoints(EventSelection events) : IEndpoints
{
    private const string LinesType = "application/jsonl; charset=utf-8";

    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("records.readLines", ReadAsync);

    /// <summary>The sheet a call names by <c>sheetId</c>, or by <c>workbookId</c> and <c>sheetSlug</c>.</summary>
    public static async Task<(SpaceFolder Space, ResourceId Id)> SheetAsync(ApiCall call)
    {
        if (call.Query("sheetId") is { } sheetId)
        {
            return await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", sheetId).ConfigureAwait(false);
        }

        if (call.Query("workbookId") is not { } workbookId || call.Query("sheetSlug") is not { } slug)
        {
            throw ApiRefusal.Bad("sheetId", "The sheet must be named: by 'sheetId', or by 'workbookId' and 'sheetSlug'.");
        }

        var (space, workbook) = await call.SpaceOfIdAsync(IdPrefix.Workbook, "workbook", workbookId).ConfigureAwait(false);
        var sheet = await call.ReadAsync(space, read =>
        {
            ResourceTable.Workbooks.Get(read.Connection, workbook);
            return SheetStore.Of(read, workbook.Number).Find(one => one.Slug == slug || one.Slug.EndsWith("/" + slug, StringComparison.Ordinal))
                ?? throw ApiRefusal.NotFound("sheet of this workbook", slug);
        }).ConfigureAwait(false);
        return (space, sheet.Id);
    }

    private async Task<Answer> ReadAsync(ApiCall call)
    {
        var (space, id) = await SheetAsync(call).ConfigureAwait(false);
        await events.ApplyAsync(call, space, id).ConfigureAwait(false);
        var options = LineOptions.Of(call);
        _ = (call.Flag("stream"), call.Flag("isStream"));
        await call.ReadAsync(space, read =>
        {
            var (rows, lines) = Open(read);
            rows.Dispose();
            lines.Dispose();
            return true;
        }).ConfigureAwait(false);
        return RowStream.Of(space, LinesType, Write);

        (RecordCursor Rows, LineWriter Lines) Open(SpaceRead read) => RecordCall.Run(() =>
        {
            var schema = SheetOfCall.Find(read, id).Schema;
            var query = RecordCall.Query(call, read);
            query = call.Query("pageSize") is null && call.Query("pageNumber") is null ? query with { PageSize = int.MaxValue } : query;
            var lines = new LineWriter(read, schema, query, options, id.ToString());
            return (RecordCursor.Open(read.Connection, schema, query, lines.Columns), lines);
        });

        IEnumerable<bool> Write(SpaceRead read, ArrayBufferWriter<byte> buffer)
        {
            var (rows, lines) = Open(read);
            using (rows)
            using (lines)
            {
                using var writer = new Utf8JsonWriter(buffer, Wire.Writing);
                while (rows.Next())
                {
                    lines.Write(rows.Row, writer);
                    writer.Flush();
                    writer.Reset();
                    buffer.Write("\n"u8);
                    yield return true;
                }
            }
        }
    }
}
