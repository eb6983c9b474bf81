using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;

namespace Flatfile.Spaces.Exchange;

/// <summary>An archive that was sent: nothing in it is believed. Names of entries are compared, never used as paths.</summary>
internal sealed class SpaceArchive : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private const int LongestManifest = 64 * 1024 * 1024;
    private const int LinkMode = 0xA000;
    private const int ModeMask = 0xF000;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private SpaceArchive(ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, SpaceManifest manifest, long number)
    {
        _zip = zip;
        _entries = entries;
        Manifest = manifest;
        Number = number;
    }

    public SpaceManifest Manifest { get; }

    /// <summary>The number of the space in all of its ids.</summary>
    public long Number { get; }

    /// <summary>Opens an archive and compares its directory with its manifest.</summary>
    public static async Task<SpaceArchive> OpenAsync(Stream file, long unpackedLimit, CancellationToken cancellationToken)
    {
        ZipEnd.Check(file);
        file.Position = 0;
        ZipArchive? zip = null;
        try
        {
            zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                if (!entries.TryAdd(entry.FullName, entry) || ((entry.ExternalAttributes >> 16) & ModeMask) == LinkMode)
                {
                    throw ArchiveFault.Broken($"its entry '{Shown(entry.FullName)}' stands there twice or is a link");
                }
            }

            var manifest = await ReadManifestAsync(entries, cancellationToken).ConfigureAwait(false);
            Check(manifest, entries, unpackedLimit);
            return ResourceId.TryParse(IdPrefix.Space, manifest.SpaceId, out var id) && id.Number == 0
                ? new SpaceArchive(zip, entries, manifest, id.Space)
                : throw ArchiveFault.Broken($"its manifest names no space ('{Shown(manifest.SpaceId)}')");
        }
        catch (InvalidDataException fault)
        {
            zip?.Dispose();
            throw ArchiveFault.Broken("it is no whole ZIP: " + fault.Message.TrimEnd('.'));
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    /// <summary>Unpacks everything into a folder, each entry measured and hashed on the way, and makes it durable.</summary>
    public async Task UnpackAsync(string database, string files, CancellationToken cancellationToken)
    {
        foreach (var said in Manifest.Entries)
        {
            var path = said.Name == SpaceManifest.Database ? database : Path.Combine(files, NumberOf(said.Name)!.Value.ToString(CultureInfo.InvariantCulture));
            try
            {
                await UnpackAsync(said, path, cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidDataException)
            {
                throw ArchiveFault.Broken($"its entry '{said.Name}' cannot be unpacked");
            }
        }

        DurableFolder.Sync(files);
    }

    /// <inheritdoc />
    public void Dispose() => _zip.Dispose();

    private static async Task<SpaceManifest> ReadManifestAsync(Dictionary<string, ZipArchiveEntry> entries, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(SpaceManifest.Name, out var entry) || entry.Length > LongestManifest)
        {
            throw ArchiveFault.Broken($"it has no '{SpaceManifest.Name}' of at most {LongestManifest} bytes");
        }

        var bytes = new byte[entry.Length + 1];
        var stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length != entry.Length)
        {
            throw ArchiveFault.Broken("its manifest has another size than its directory says");
        }

        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), ExchangeJson.Default.SpaceManifest) ?? throw ArchiveFault.Broken("its manifest is null");
        }
        catch (JsonException fault)
        {
            throw ArchiveFault.Broken($"its manifest is not as it must be (at '{Shown(fault.Path ?? "")}')");
        }
    }

    private static void Check(SpaceManifest manifest, Dictionary<string, ZipArchiveEntry> entries, long unpackedLimit)
    {
        if (manifest.Format != SpaceManifest.KnownFormat || manifest.Version != SpaceManifest.KnownVersion)
        {
            throw ArchiveFault.Broken($"it has the form '{Shown(manifest.Format)}' {manifest.Version}, this server knows '{SpaceManifest.KnownFormat}' {SpaceManifest.KnownVersion}");
        }

        // They are replaced wherever they stand in the database: a part of something else would destroy it.
        if (!RandomId.Fits(IdPrefix.Environment, manifest.EnvironmentId) || !RandomId.Fits(IdPrefix.Account, manifest.AccountId))
        {
            throw ArchiveFault.Broken("its manifest names no environment or no account");
        }

        var names = new HashSet<string>(StringComparer.Ordinal) { SpaceManifest.Name };
        var total = 0L;
        foreach (var said in manifest.Entries)
        {
            if (said.Name != SpaceManifest.Database && NumberOf(said.Name) is null)
            {
                throw ArchiveFault.Broken($"its manifest names '{Shown(said.Name)}', which no space has");
            }

            if (!names.Add(said.Name) || !entries.ContainsKey(said.Name) || said.Size < 0 || said.Sha256.Length != 64)
            {
                throw ArchiveFault.Broken($"its manifest names '{said.Name}' twice, without its entry, or without size and hash");
            }

            if (said.Size > unpackedLimit - total)
            {
                throw ArchiveFault.TooLarge("The space in the archive", unpackedLimit);
            }

            total += said.Size;
        }

        if (!names.Contains(SpaceManifest.Database))
        {
            throw ArchiveFault.Broken($"it has no '{SpaceManifest.Database}'");
        }

        if (entries.Keys.FirstOrDefault(name => !names.Contains(name)) is { } stranger)
        {
            throw ArchiveFault.Broken($"its entry '{Shown(stranger)}' is not in its manifest");
        }
    }

    private async Task UnpackAsync(ManifestEntry said, string path, CancellationToken cancellationToken)
    {
        var source = await _entries[said.Name].OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closingSource = source.ConfigureAwait(false);
        var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await using var closingTarget = target.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var size = 0L;
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                size += read;
                if (size > said.Size)
                {
                    break;
                }

                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (size != said.Size || Convert.ToHexStringLower(hash.GetHashAndReset()) != said.Sha256)
        {
            throw ArchiveFault.Broken($"its entry '{said.Name}' does not have the size and the hash its manifest says");
        }

        target.Flush(flushToDisk: true);
    }

    /// <summary>The number of a file's entry; null for any other name, also for one that only looks like it.</summary>
    private static long? NumberOf(string name) =>
        name.StartsWith(SpaceManifest.Files, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(SpaceManifest.Files.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < IdCipher.NumberLimit
        && name.Length == SpaceManifest.Files.Length + number.ToString(CultureInfo.InvariantCulture).Length
            ? number : null;

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
