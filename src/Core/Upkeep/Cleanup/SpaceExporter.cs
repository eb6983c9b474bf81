using System.Net;
using System.Text.Json;
using Flatfile.Api;
using Flatfile.Sqlite;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>Exports a space to one file, and counts it only when it was read again and found whole. Its name stands only on a whole one.</summary>
internal sealed class SpaceExporter(FlatfileClient client, string folder, Func<string, Task> step)
{
    /// <summary>Exports, checks, and makes it durable: the file, what lies beside it, and the folder's entries.</summary>
    /// <param name="item">What was chosen.</param>
    /// <param name="whyNot">Looks again at the space as it is now: why it stays, or null.</param>
    /// <param name="serverTime">The server's clock.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>The chosen space with file, hash and stamp.</returns>
    /// <exception cref="ExportFault">It is not whole, or the space changed meanwhile.</exception>
    public async Task<CleanupItem> ExportAsync(CleanupItem item, Func<Space, string?> whyNot, DateTimeOffset serverTime, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, item.SpaceId + ".zip");
        var content = await SpaceContent.ReadAsync(client, item.SpaceId, cancellationToken).ConfigureAwait(false);
        if (whyNot(content.Space) is { } reason)
        {
            throw new ExportFault(reason.Length > 0 ? reason : "It is not completed any more.");
        }

        if (content.Records.Keys.Concat(content.Workbooks.Select(w => w.Id)).Concat(content.Files.Select(f => f.Id)).Concat(content.Documents.Select(d => d.Id)).FirstOrDefault(id => !IsPlain(id)) is { } strange)
        {
            throw new ExportFault($"'{strange}' is no id that could name an entry of an export.");
        }

        if (await FoundAsync(item, path, content, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        var part = path + ".part";
        await step("export.begin").ConfigureAwait(false);
        await WriteAsync(part, item.SpaceId, content, cancellationToken).ConfigureAwait(false);
        await step("export.written").ConfigureAwait(false);
        var sheets = await ExportCheck.RunAsync(part, content, cancellationToken).ConfigureAwait(false);
        var after = await SpaceContent.ReadAsync(client, item.SpaceId, cancellationToken).ConfigureAwait(false);
        if (after.Stamp != content.Stamp)
        {
            throw new ExportFault("It changed while it was exported.");
        }

        var (hash, size) = await ExportCheck.HashAsync(part, cancellationToken).ConfigureAwait(false);
        await step("export.verified").ConfigureAwait(false);
        var note = new ExportNote { SpaceId = item.SpaceId, Name = item.Name, ExportedAt = serverTime, Sha256 = hash, Size = size, Stamp = content.Stamp, Sheets = sheets };
        await NoteAsync(path, note, cancellationToken).ConfigureAwait(false);
        await step("export.noted").ConfigureAwait(false);
        File.Move(part, path, overwrite: true);
        DurableFolder.Sync(folder);
        await step("export.named").ConfigureAwait(false);
        return item with { Stage = CleanupStage.Exported, File = path, Sha256 = hash, Stamp = content.Stamp, Reason = null };
    }

    /// <summary>Whether the export of a space is there and whole, and the space is still what was exported.</summary>
    /// <exception cref="ExportFault">The export is not what it was, or the space has changed since.</exception>
    public async Task VerifyAsync(CleanupItem item, CancellationToken cancellationToken)
    {
        if (!File.Exists(item.File) || (await ExportCheck.HashAsync(item.File, cancellationToken).ConfigureAwait(false)).Sha256 != item.Sha256)
        {
            throw new ExportFault("Its export is not in the folder any more, or not as it was written.");
        }

        var content = await SpaceContent.ReadAsync(client, item.SpaceId, cancellationToken).ConfigureAwait(false);
        if (content.Stamp != item.Stamp)
        {
            throw new ExportFault("It changed after it was exported.");
        }

        await ExportCheck.RunAsync(item.File, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ids come from the server and become names of files.</summary>
    public static bool IsPlain(string id) => id.Length is > 0 and <= 100 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    /// <summary>An export that was finished just before the process died.</summary>
    private static async Task<CleanupItem?> FoundAsync(CleanupItem item, string path, SpaceContent content, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || !File.Exists(path + ".json"))
        {
            return null;
        }

        try
        {
            var text = File.OpenRead(path + ".json");
            await using var closing = text.ConfigureAwait(false);
            var note = await JsonSerializer.DeserializeAsync(text, CleanupJson.Default.ExportNote, cancellationToken).ConfigureAwait(false);
            var (hash, _) = await ExportCheck.HashAsync(path, cancellationToken).ConfigureAwait(false);
            if (note!.SpaceId != item.SpaceId || note.Stamp != content.Stamp || note.Sha256 != hash)
            {
                return null;
            }

            await ExportCheck.RunAsync(path, content, cancellationToken).ConfigureAwait(false);
            return item with { Stage = CleanupStage.Exported, File = path, Sha256 = hash, Stamp = note.Stamp, Reason = null };
        }
        catch (Exception fault) when (fault is JsonException or ExportFault)
        {
            return null;
        }
    }

    private async Task WriteAsync(string part, string spaceId, SpaceContent content, CancellationToken cancellationToken)
    {
        var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
        await using var closing = file.ConfigureAwait(false);
        if (await ArchiveAsync(spaceId, cancellationToken).ConfigureAwait(false) is { } archive)
        {
            await using var closingArchive = archive.ConfigureAwait(false);
            await archive.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await new RecordsExport(client, content).WriteAsync(file, cancellationToken).ConfigureAwait(false);
        }

        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The server's own archive; null when it makes none. The space is there: it was just read.</summary>
    private async Task<Stream?> ArchiveAsync(string spaceId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Spaces.ExportAsync(spaceId, cancellationToken).ConfigureAwait(false);
        }
        catch (FlatfileApiException fault) when (fault.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            return null;
        }
    }

    private async Task NoteAsync(string path, ExportNote note, CancellationToken cancellationToken)
    {
        var part = path + ".json.part";
        var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            await JsonSerializer.SerializeAsync(file, note, CleanupJson.Default.ExportNote, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path + ".json", overwrite: true);
    }
}
