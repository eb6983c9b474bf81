using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Exchange;

/// <summary>Takes an archive in as a new space: checked whole before anything is used, and born like any other space.</summary>
internal sealed class SpaceImport(FileSpool spool, SpaceBirth birth, SpacesOptions options, TimeProvider time)
{
    private const int LongestName = 1024;

    /// <summary>The body is the archive; the query may name the new space.</summary>
    public async Task<Answer> TakeAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        var name = Name(call);
        using var sent = await ReceiveAsync(call).ConfigureAwait(false);
        call.Fingerprint = Convert.FromHexString(sent.Sha256);
        var file = new FileStream(sent.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await using var closing = file.ConfigureAwait(false);
        using var archive = await SpaceArchive.OpenAsync(file, options.MaxImportUnpackedBytes, call.Cancelled).ConfigureAwait(false);
        return await birth.BearAsync(call, unborn => BuildAsync(unborn, archive, name, call.Cancelled)).ConfigureAwait(false);
    }

    private static string? Name(ApiCall call)
    {
        var name = call.Query("name");
        return name is null || (!string.IsNullOrWhiteSpace(name) && name.Length <= LongestName)
            ? name
            : throw ApiRefusal.Bad("name", $"'name' must have 1 to {LongestName} characters.");
    }

    private async Task<SpooledFile> ReceiveAsync(ApiCall call)
    {
        var request = call.Http.Request;
        if (request.ContentType?.Split(';')[0].Trim() is not ("application/zip" or "application/octet-stream" or "application/x-zip-compressed")
            || request.Headers.ContentEncoding.Count > 0)
        {
            throw new ApiRefusal(415, new ApiFault("Content-Type", "An archive is sent as the body itself, with Content-Type application/zip and no Content-Encoding."));
        }

        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // Counted here instead: past a limit of its own the web server drops the connection, and the client never reads why.
            feature.MaxRequestBodySize = null;
        }

        return request.ContentLength > options.MaxImportBytes
            ? throw TooLarge()
            : await spool.TakeAsync(request.Body, options.MaxImportBytes, TooLarge, call.Cancelled).ConfigureAwait(false);
    }

    private ApiRefusal TooLarge() => ArchiveFault.TooLarge("The archive", options.MaxImportBytes);

    private async Task<Answer> BuildAsync(UnbornSpace unborn, SpaceArchive archive, string? name, CancellationToken cancellationToken)
    {
        await archive.UnpackAsync(unborn.Database, unborn.Files, cancellationToken).ConfigureAwait(false);
        Answer answer;
        try
        {
            using var connection = ForeignDatabase.Open(unborn.Database);
            ForeignDatabase.Check(connection, archive.Manifest);
            // On a full disk SQLite rolls back by itself, and a transaction object would fail doing it again.
            connection.Execute("BEGIN");
            SpaceSchema.Steps.BringUp(connection);
            answer = Settle(unborn, connection, archive, name);
            connection.Execute("COMMIT");

            connection.Execute("PRAGMA journal_mode=WAL");
        }
        catch (SqliteException fault) when (StorageFault.Of(fault) is null || StorageFault.IsDamage(fault))
        {
            throw ArchiveFault.Broken($"its database cannot be read ({fault.Message})");
        }
        catch (Exception fault) when (fault is MigrationException or JsonException or InvalidOperationException or InvalidCastException or FormatException)
        {
            throw ArchiveFault.Broken($"its database does not hold a space as this program writes it ({fault.Message.TrimEnd('.')})");
        }

        NewDatabase.Flush(unborn.Database);
        return answer;
    }

    private Answer Settle(UnbornSpace unborn, SqliteConnection connection, SpaceArchive archive, string? name)
    {
        var manifest = archive.Manifest;
        if (Wire.Parse(connection.Scalar("SELECT body FROM space") as string ?? "{}").Text("id") != manifest.SpaceId)
        {
            throw ArchiveFault.Broken("its database is that of another space than its manifest says");
        }

        CheckFiles(connection, manifest);
        connection.Execute("DELETE FROM outbox; DELETE FROM idempotency; DELETE FROM counters WHERE name = 'notice'; UPDATE counters SET value = 0 WHERE name = 'event';");
        var last = connection.Number("SELECT value FROM counters WHERE name = 'resource'");
        var folder = unborn.Space;
        new IdMove(archive.Number, folder.Number, last, (manifest.EnvironmentId, folder.EnvironmentId), (manifest.AccountId, folder.AccountId)).Run(connection);

        var write = unborn.Write(connection, time.GetUtcNow());
        var space = write.Space;
        space["name"] = name ?? space["name"]?.DeepClone();
        if (manifest.EnvironmentId != folder.EnvironmentId)
        {
            TakeRights(space, unborn.Guests);
        }

        write.StoreSpace(space);
        UnfinishedJobs.Fail(write);
        write.Emit(new NewEvent(Topics.SpaceCreated, "space")
        {
            Payload = new JsonObject
            {
                ["origin"] = new JsonObject
                {
                    ["type"] = "import",
                    ["spaceId"] = manifest.SpaceId,
                    ["environmentId"] = manifest.EnvironmentId,
                    ["exportedAt"] = manifest.ExportedAt,
                },
            },
        });
        return unborn.Finish(write);
    }

    /// <summary>Whom the old environment let in is no matter of this one: members stay as data, and guests come in as they do in a new space.</summary>
    private static void TakeRights(JsonObject space, JsonNode? guests)
    {
        foreach (var user in (space["users"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (user.Text("role") is { } role)
            {
                user.Remove("role");
                user["formerRole"] = role;
            }
        }

        space["guestAuthentication"] = guests?.DeepClone() ?? new JsonArray();
    }

    /// <summary>Every row has its bytes, and all bytes have a row.</summary>
    private static void CheckFiles(SqliteConnection connection, SpaceManifest manifest)
    {
        var rows = connection.Rows(
            "SELECT number, body FROM files WHERE state IS NOT 'purged'",
            row =>
            {
                var body = Wire.Parse(row.GetString(1));
                return new ManifestEntry(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SpaceManifest.Files}{row.GetInt64(0)}"),
                    body["size"] is JsonValue size && size.TryGetValue<long>(out var bytes) ? bytes : -1,
                    body.Text("sha256") ?? "");
            });
        if (!rows.ToHashSet().SetEquals(manifest.Entries.Where(entry => entry.Name != SpaceManifest.Database)))
        {
            throw ArchiveFault.Broken("the files its database knows are not those it brings");
        }
    }
}
