using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Exchange;

/// <summary>Sends a space as one ZIP: a copy of its database at one moment, and the bytes of the files that moment knows.</summary>
internal sealed class SpaceExport(ExchangeFolder folder, FileKeeping keeping, TimeProvider time)
{
    private const int BufferSize = 128 * 1024;

    // ZIP's own times have no zone and start in 1980; a fixed one makes equal spaces equal archives.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The answer with the archive. The copy is made before the first byte is sent, so what cannot be exported is told properly.</summary>
    public async Task<Answer> OpenAsync(SpaceFolder space, CancellationToken cancellationToken)
    {
        var held = keeping.Hold(space.Number);
        var copy = folder.NewPlace();
        try
        {
            var content = await CopyAsync(space, copy, cancellationToken).ConfigureAwait(false);
            var name = $"{space.Id}-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.zip";
            return Answer.Streamed(
                "application/zip",
                (target, stop) => SendAsync(space, content, copy, held, target, stop),
                null,
                ("Content-Disposition", $"attachment; filename=\"{name}\""),
                ("X-Unpacked-Length", content.Manifest.Entries.Sum(entry => entry.Size).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch
        {
            File.Delete(copy);
            held.Dispose();
            throw;
        }
    }

    private async Task<SpaceCopy> CopyAsync(SpaceFolder space, string copy, CancellationToken cancellationToken)
    {
        var use = await space.RentAsync(cancellationToken).ConfigureAwait(false);
        await using (use.ConfigureAwait(false))
        {
            await use.GuardAsync(async () =>
            {
                await use.File.CopyIntoAsync(copy, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }

        var content = SpaceCopy.Tidy(copy);
        var missing = content.Files.Where(file => new FileInfo(PlaceOf(space, file.Number)) is var bytes && (!bytes.Exists || bytes.Length != file.Size)).ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Take(5).Select(file => new ResourceId(IdPrefix.File, space.Number, file.Number)));
            throw StorageFault.Unavailable(
                space.Subject, $"the bytes of {missing.Count} of its files are missing or cut off ({names}), so a copy would not be whole",
                "Delete these files, or restore the space's folder from a backup.");
        }

        var database = File.OpenRead(copy);
        await using var closing = database.ConfigureAwait(false);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(database, cancellationToken).ConfigureAwait(false));
        return content.With(space, Wire.Time(time.GetUtcNow()), new ManifestEntry(SpaceManifest.Database, database.Length, hash));
    }

    private static async Task SendAsync(SpaceFolder space, SpaceCopy content, string copy, IDisposable held, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            var lagging = new LaggingStream(target);
            await using var closing = lagging.ConfigureAwait(false);
            var archive = await ZipArchive.CreateAsync(lagging, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                var manifest = await EntryAsync(archive, SpaceManifest.Name, cancellationToken).ConfigureAwait(false);
                await using (manifest.ConfigureAwait(false))
                {
                    await JsonSerializer.SerializeAsync(manifest, content.Manifest, ExchangeJson.Default.SpaceManifest, cancellationToken).ConfigureAwait(false);
                }

                await AddAsync(archive, content.Manifest.Entries[0], copy, cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < content.Files.Count; i++)
                {
                    await AddAsync(archive, content.Manifest.Entries[i + 1], PlaceOf(space, content.Files[i].Number), cancellationToken).ConfigureAwait(false);
                    await lagging.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            await lagging.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(copy);
            held.Dispose();
        }
    }

    private static async Task AddAsync(ZipArchive archive, ManifestEntry said, string path, CancellationToken cancellationToken)
    {
        var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var closingSource = source.ConfigureAwait(false);
        var entry = await EntryAsync(archive, said.Name, cancellationToken).ConfigureAwait(false);
        await using var closingEntry = entry.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await entry.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != said.Sha256)
        {
            throw new InvalidDataException($"{path} does not hold the bytes that were uploaded. Restore it from a backup, or delete the file in its space.");
        }
    }

    private static Task<Stream> EntryAsync(ZipArchive archive, string name, CancellationToken cancellationToken)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = EntryTime;
        return entry.OpenAsync(cancellationToken);
    }

    private static string PlaceOf(SpaceFolder space, long number) => FileStore.PlaceOf(space, new ResourceId(IdPrefix.File, space.Number, number));
}
