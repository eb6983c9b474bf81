using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Lines;

/// <summary>
/// <c>POST /v2-alpha/records.jsonl</c>: rows as lines of JSON. The lines arrive in the spool first, so that a slow caller holds up nobody; then all
/// of them are done in one transaction, or none is.
/// </summary>
internal sealed class LineWriteEndpoints(FileSpool spool, SpacesOptions options) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("records.writeLines", WriteAsync);

    private async Task<Answer> WriteAsync(ApiCall call)
    {
        if (call.Query("for") is not null)
        {
            throw ApiRefusal.NotBuilt("Writing back to an event by parameter 'for'");
        }

        var (truncate, snapshot, silent) = (call.Flag("truncate") == true, call.Flag("snapshot") == true, call.Flag("silent") == true);
        var named = await NamedAsync(call).ConfigureAwait(false);
        if (named is null)
        {
            await call.SomewhereAsync().ConfigureAwait(false);
        }

        var source = await RequestBody.OpenAsync(call.Http, options.MaxFileBytes).ConfigureAwait(false);
        await using var closing = source.ConfigureAwait(false);
        using var lines = await TakeAsync(call, source).ConfigureAwait(false);
        call.Fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(lines.Sha256));
        var target = named ?? await FirstAsync(call, lines).ConfigureAwait(false);
        return await call.WriteAsync(target.Space, write => RecordCall.Run(() =>
        {
            var sheet = target.Sheet is { } id ? id : BySlug(write, target.Workbook!.Value, call.Query("sheetSlug"));
            using var run = new LineRun(write, sheet, snapshot, truncate, options.MaxBodyBytes);
            using var file = File.OpenRead(lines.Path);
            run.Read(file);
            var (created, updated, deleted) = run.Finish(silent);
            return Answer.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("success", true);
                writer.WriteNumber("created", created);
                writer.WriteNumber("updated", updated);
                writer.WriteNumber("deleted", deleted);
                writer.WriteEndObject();
            });
        })).ConfigureAwait(false);
    }

    private async Task<SpooledFile> TakeAsync(ApiCall call, Stream source)
    {
        try
        {
            return await spool.TakeAsync(source, options.MaxFileBytes, () => RequestBody.TooLarge(options.MaxFileBytes), call.Cancelled).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw RequestBody.NotPacked();
        }
    }

    /// <summary>The sheet a call is about, as far as the call names it, by its id or by workbook and slug: known before the lines are taken.</summary>
    private static async Task<(SpaceFolder Space, ResourceId? Sheet, ResourceId? Workbook)?> NamedAsync(ApiCall call)
    {
        var header = call.Http.Request.Headers["X-Sheet-Id"].ToString();
        var sheetId = call.Query("sheetId") ?? (header.Length > 0 ? header : null);
        if (sheetId is null && call.Query("workbookId") is { } workbookId)
        {
            var (inside, workbook) = await call.SpaceOfIdAsync(IdPrefix.Workbook, "workbook", workbookId).ConfigureAwait(false);
            return (inside, null, workbook);
        }

        if (sheetId is null)
        {
            return null;
        }

        var (space, id) = await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", sheetId).ConfigureAwait(false);
        return (space, id, null);
    }

    /// <summary>The sheet the first line names.</summary>
    private static async Task<(SpaceFolder Space, ResourceId? Sheet, ResourceId? Workbook)> FirstAsync(ApiCall call, SpooledFile lines)
    {
        var sheetId = FirstSheetId(lines)
            ?? throw ApiRefusal.Bad("sheetId", "The sheet is named by 'sheetId', by 'workbookId' and 'sheetSlug', by the header X-Sheet-Id, or by '__s' of the first line.");
        var (space, id) = await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", sheetId).ConfigureAwait(false);
        return (space, id, null);
    }

    private static string? FirstSheetId(SpooledFile lines)
    {
        using var file = File.OpenRead(lines.Path);
        try
        {
            return new LineReader(file, RecordLimits.TextBytes * 4).Next(out var line) && Utf8.IsValid(line) ? LineHead.Read(line, null).SheetId : null;
        }
        catch (Exception fault) when (fault is JsonException or RecordBodyException)
        {
            throw ApiRefusal.Bad("1", $"Line 1 is not the JSON this call takes: {fault.Message}");
        }
    }

    private static ResourceId BySlug(SpaceRead read, ResourceId workbook, string? slug)
    {
        ResourceTable.Workbooks.Get(read.Connection, workbook);
        return SheetStore.Of(read, workbook.Number).Find(sheet => sheet.Slug == slug)?.Id
            ?? throw (slug is null
                ? ApiRefusal.Bad("sheetSlug", "'sheetSlug' names the sheet of the workbook.")
                : ApiRefusal.NotFound("sheet of this workbook", slug));
    }
}
