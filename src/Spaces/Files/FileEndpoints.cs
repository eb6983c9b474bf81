using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Files;

/// <summary><c>/files</c>.</summary>
internal sealed class FileEndpoints(FileSpool spool, FileSweep sweep, CentralStore central, EventRelay relay, SpacesOptions options) : IEndpoints
{
    private const int DefaultPageSize = 20;
    private const string ClonePrefix = "Copy of ";

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("files.list", ListAsync);
        routes.Map("files.upload", UploadAsync);
        routes.Map("files.detectHeader", DetectHeaderAsync);
        routes.Map("files.get", GetAsync);
        routes.Map("files.update", UpdateAsync);
        routes.Map("files.delete", DeleteAsync);
        routes.Map("files.download", DownloadAsync);
        routes.Map("files.clone", CloneAsync);
        routes.Map("files.ledger", LedgerAsync);
    }

    /// <summary>Of one space, or of all the caller sees; in the order of their arrival. Spaces are counted, and only those a page comes from are read.</summary>
    private async Task<Answer> ListAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPageSize);
        var mode = call.Query("mode");
        var found = new List<JsonObject>();
        long before = 0;
        var spaces = await call.SpacesAsync().ConfigureAwait(false);
        var filled = spaces.Count > 1 ? await FilledAsync(call).ConfigureAwait(false) : null;
        foreach (var space in spaces.Where(space => filled?.Contains(space.Number) ?? true))
        {
            var (count, files) = await call.ReadAsync(
                space, read => FileStore.Page(read.Connection, mode, Math.Max(0, page.Skip - before), page.Size - found.Count)).ConfigureAwait(false);
            before += count;
            found.AddRange(files);
        }

        return Answer.List(found, page, before);
    }

    /// <summary>The spaces that have files at all, as their summaries say once everything committed is in them.</summary>
    private async Task<HashSet<long>> FilledAsync(ApiCall call)
    {
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        return [.. await central.ReadAsync(
            connection => connection.Rows("SELECT number FROM spaces WHERE state = 'live' AND files > 0", row => row.GetInt64(0)), call.Cancelled).ConfigureAwait(false)];
    }

    private async Task<Answer> UploadAsync(ApiCall call)
    {
        using var form = await UploadForm.ReadAsync(call, spool, options, async known =>
        {
            call.SameEnvironment(known.EnvironmentId);
            if (known.SpaceId is not null)
            {
                await call.SpaceAsync(known.SpaceId).ConfigureAwait(false);
            }
            else
            {
                await call.SomewhereAsync().ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        if (form.SpaceId is null || form.File is null)
        {
            throw ApiRefusal.Bad(form.SpaceId is null ? "spaceId" : "file", "An upload is a form with the parts 'spaceId' and 'file', the latter with a file name.");
        }

        call.SameEnvironment(form.EnvironmentId);
        var space = await call.SpaceAsync(form.SpaceId).ConfigureAwait(false);
        return await FileArrival.TakeAsync(call, space, form.File, form.Name, form.Mode, form.Origin, form.Actions).ConfigureAwait(false);
    }

    private static async Task<Answer> DetectHeaderAsync(ApiCall call) =>
        Answer.Data(HeaderDetection.Find(await call.ReadObjectAsync().ConfigureAwait(false)));

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Files, "fileId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(ResourceTable.Files.Get(read.Connection, id))).ConfigureAwait(false);
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ApiCall.Typed(given, FlatfileJson.Default.FileUpdate);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Files, "fileId").ConfigureAwait(false);
        return await call.WriteAsync(space, write => Answer.Data(FileStore.Update(write, id, given, call.RoleIn(space)))).ConfigureAwait(false);
    }

    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Files, "fileId").ConfigureAwait(false);
        var answer = await call.WriteAsync(space, write =>
        {
            FileStore.Delete(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
        sweep.Remove(space, [FileStore.PlaceOf(space, id)]);
        return answer;
    }

    private static async Task<Answer> DownloadAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Files, "fileId").ConfigureAwait(false);
        var body = await call.ReadAsync(space, read => ResourceTable.Files.Get(read.Connection, id)).ConfigureAwait(false);
        return FileDownload.Of(call.Http.Request, space, id, body);
    }

    private static async Task<Answer> LedgerAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Files, "fileId").ConfigureAwait(false);
        return LedgerAnswer.Of(space, await call.ReadAsync(space, read => LedgerAnswer.Find(read, id)).ConfigureAwait(false));
    }

    private async Task<Answer> CloneAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Files, "fileId").ConfigureAwait(false);
        var body = await call.ReadAsync(space, read => ResourceTable.Files.Get(read.Connection, id)).ConfigureAwait(false);
        var name = (given.Text("prefix") ?? ClonePrefix) + body.Text("name");
        FileLabel.Check(name);
        SpooledFile bytes;
        try
        {
            var source = File.OpenRead(FileStore.PlaceOf(space, id));
            await using (source.ConfigureAwait(false))
            {
                bytes = await spool.TakeAsync(source, call.Cancelled).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StorageFault.Unavailable(space.Id, $"the bytes of {id} are missing", "Restore its folder from a backup.", fault);
        }

        using (bytes)
        {
            return await FileArrival.TakeAsync(
                call, space, bytes, name, body.Text("mode")!, body.Text("origin")!, body["actions"] as JsonArray ?? [], original: body).ConfigureAwait(false);
        }
    }
}
