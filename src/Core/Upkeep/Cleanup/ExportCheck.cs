using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>Opens an export anew and reads all of it: every entry against its hash, every sheet against the server's count.</summary>
internal static class ExportCheck
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Checks the file against what the server says the space holds.</summary>
    /// <returns>The sheets with their counts.</returns>
    /// <exception cref="ExportFault">It is not whole.</exception>
    public static async Task<IReadOnlyList<ExportedSheet>> RunAsync(string path, SpaceContent content, CancellationToken cancellationToken)
    {
        try
        {
            var zip = await ZipFile.OpenReadAsync(path, cancellationToken).ConfigureAwait(false);
            await using var closing = zip.ConfigureAwait(false);
            var manifest = await ManifestAsync(zip, cancellationToken).ConfigureAwait(false);
            if (manifest.SpaceId != content.Space.Id)
            {
                throw new ExportFault($"It says it is of {manifest.SpaceId}.");
            }

            foreach (var sheet in manifest.Sheets.Where(s => s.Entry is not null))
            {
                var (_, hash, lines) = await ReadAsync(zip, sheet.Entry!, cancellationToken).ConfigureAwait(false);
                Demand(hash == sheet.Sha256 && lines == sheet.Records, $"The records of sheet {sheet.Id} are not as they were written.");
            }

            foreach (var file in manifest.Files)
            {
                var (size, hash, _) = await ReadAsync(zip, file.Entry, cancellationToken).ConfigureAwait(false);
                Demand(size == file.Size && hash == file.Sha256, $"Its entry {file.Entry} is not as it was written.");
            }

            Compare(manifest, content);
            return manifest.Sheets;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or JsonException or NotSupportedException or UnauthorizedAccessException)
        {
            throw new ExportFault($"The export {Path.GetFileName(path)} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The hash and length of a file.</summary>
    public static async Task<(string Sha256, long Size)> HashAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using var closing = file.ConfigureAwait(false);
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)), file.Length);
    }

    private static void Compare(ExportManifest manifest, SpaceContent content)
    {
        var sheets = manifest.Sheets.ToDictionary(s => s.Id, s => s.Records, StringComparer.Ordinal);
        foreach (var (sheet, count) in content.Records)
        {
            Demand(sheets.Remove(sheet, out var exported), $"Sheet {sheet} is not in the export.");
            Demand(exported == count, $"Sheet {sheet}: the export has {exported} records, and the server counts {count}.");
        }

        Demand(sheets.Count == 0, "The export has sheets the server does not know.");
        var files = content.Files.Where(f => f.Status != Api.FileStatus.Purged).ToList();
        if (manifest.Format == ExportManifest.OwnFormat)
        {
            foreach (var file in files)
            {
                var exported = manifest.Files.SingleOrDefault(f => f.FileId == file.Id);
                Demand(exported is not null, $"File {file.Id} is not in the export.");
                Demand(exported!.Size == file.Size, $"File {file.Id}: the export has {exported.Size} bytes, and the server says {file.Size}.");
                Demand(file.Sha256 is null || file.Sha256 == exported.Sha256, $"File {file.Id}: the bytes are not those that were uploaded.");
            }
        }
        else
        {
            // The server numbers its files inside the archive; their hashes say which is which.
            var hashes = manifest.Files.Select(f => (f.Size, f.Sha256)).ToList();
            foreach (var file in files)
            {
                Demand(hashes.Remove((file.Size, file.Sha256 ?? "")), $"File {file.Id} is not in the export.");
            }
        }
    }

    private static async Task<ExportManifest> ManifestAsync(ZipArchive zip, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(ExportManifest.Name) ?? throw new ExportFault("It has no manifest.");
        var stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        var format = document.RootElement.TryGetProperty("format", out var said) ? said.ToString() : "";
        return format switch
        {
            ExportManifest.OwnFormat => document.RootElement.Deserialize(CleanupJson.Default.ExportManifest)!,
            ExportManifest.ServersFormat => Of(document.RootElement.Deserialize(CleanupJson.Default.ServersManifest)!),
            _ => throw new ExportFault($"It has the unknown form '{format}'."),
        };
    }

    private static ExportManifest Of(ServersManifest servers) => new()
    {
        Format = servers.Format,
        Version = servers.Version,
        SpaceId = servers.SpaceId,
        Sheets = servers.Records is { } records
            ? [.. records.Select(r => new ExportedSheet(r.Key, null, r.Value, null))]
            : throw new ExportFault("The server's archive does not say how many records each sheet has. Update the server."),
        Files = [.. servers.Entries.Select(e => new ExportedFile(e.Name, e.Size, e.Sha256))],
    };

    private static async Task<(long Size, string Sha256, long Lines)> ReadAsync(ZipArchive zip, string name, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(name) ?? throw new ExportFault($"Its entry {name} is missing.");
        var stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = stream.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var (size, lines) = (0L, 0L);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                size += read;
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()), lines);
    }

    private static void Demand(bool condition, string fault)
    {
        if (!condition)
        {
            throw new ExportFault(fault);
        }
    }
}
