using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Files;

/// <summary>Brings bytes from the spool into a space, with their row and events, or leaves nothing behind.</summary>
internal static class FileArrival
{
    private static readonly string[] Origins = ["filesystem", "googledrive", "box", "onedrive"];

    /// <summary>Adds the file of a call; a repeat of the call finds the first one's answer.</summary>
    public static async Task<Answer> TakeAsync(ApiCall call, SpaceFolder space, SpooledFile bytes, string name, string mode, string origin, JsonArray actions, JsonObject? original = null)
    {
        FileStore.CheckMode(mode);
        if (!Origins.Contains(origin))
        {
            throw ApiRefusal.Bad("origin", $"'{origin}' is no origin of a file. Known: {string.Join(", ", Origins)}.");
        }

        // The boundary differs between repeats, so the body's own hash would not do.
        call.Fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(
            new JsonArray(space.Id, name, mode, origin, bytes.Sha256, bytes.Size, actions.DeepClone()).ToJsonString()));
        ResourceId? given = null;
        try
        {
            return await call.WriteAsync(space, write =>
            {
                var id = write.NewId(IdPrefix.File);
                given = id;
                return Answer.Data(FileStore.Add(write, id, bytes, name, mode, origin, actions, original));
            }).ConfigureAwait(false);
        }
        catch when (given is not null)
        {
            await TakeBackAsync(space, given.Value).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes bytes whose row was not committed. Whether it was is asked, not assumed: a commit may succeed and its call fail.</summary>
    private static async Task TakeBackAsync(SpaceFolder space, ResourceId id)
    {
        try
        {
            if (await space.ReadAsync(read => ResourceTable.Files.Find(read.Connection, id.Number) is null, CancellationToken.None).ConfigureAwait(false))
            {
                File.Delete(FileStore.PlaceOf(space, id));
            }
        }
        catch (Exception fault) when (fault is ApiRefusal or IOException)
        {
            // The first fault is the one to tell; the next start removes bytes without a row.
        }
    }
}
