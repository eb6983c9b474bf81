using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Files;

/// <summary>The account of a file, as the job that extracted it last laid it beside the file: rows read, written and refused, and why.</summary>
internal static class LedgerAnswer
{
    /// <summary>The ledger's file, named by <c>ledgerFileId</c> in the outcome of the newest job of the file that has one.</summary>
    /// <exception cref="ApiRefusal">No job of the file has laid one down, or it is gone.</exception>
    public static ResourceId Find(SpaceRead read, ResourceId file)
    {
        var ledger = read.Connection.Rows(
            "SELECT body ->> '$.outcome.ledgerFileId' FROM jobs WHERE body ->> '$.fileId' = $file AND body ->> '$.outcome.ledgerFileId' IS NOT NULL ORDER BY number DESC LIMIT 1",
            row => row.GetString(0), ("$file", file.ToString())).FirstOrDefault();
        return ResourceId.TryParse(IdPrefix.File, ledger, out var id) && id.Space == file.Space && ResourceTable.Files.Find(read.Connection, id.Number) is not null
            ? id
            : throw new ApiRefusal(404, new ApiFault("fileId", $"{file} has no ledger: it was not extracted here, or the ledger's file was deleted. Run the job file:extract for it."));
    }

    /// <summary><c>{"data": …}</c> with the stored account, passed on while it is read.</summary>
    public static Answer Of(SpaceFolder space, ResourceId ledger)
    {
        FileStream bytes;
        try
        {
            bytes = new FileStream(FileStore.PlaceOf(space, ledger), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StorageFault.Unavailable(space.Id, $"the bytes of {ledger} are missing", "Restore its folder from a backup.", fault);
        }

        return Answer.Streamed("application/json; charset=utf-8", async (target, stop) =>
        {
            await using (bytes.ConfigureAwait(false))
            {
                await target.WriteAsync("{\"data\":"u8.ToArray(), stop).ConfigureAwait(false);
                await bytes.CopyToAsync(target, stop).ConfigureAwait(false);
                await target.WriteAsync("}"u8.ToArray(), stop).ConfigureAwait(false);
            }
        });
    }
}
