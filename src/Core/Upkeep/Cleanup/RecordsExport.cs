using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>An export record by record, for a Flatfile that makes no archive itself: a ZIP with everything the API gives, and a manifest with counts and hashes at its end.</summary>
internal sealed class RecordsExport(FlatfileClient client, SpaceContent content)
{
    private readonly List<ExportedSheet> _sheets = [];
    private readonly List<ExportedFile> _files = [];

    /// <summary>Writes the whole ZIP.</summary>
    /// <exception cref="ExportFault">The server gave pages that cannot be right.</exception>
    public async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken).ConfigureAwait(false);
        await using var closing = zip.ConfigureAwait(false);
        await AddAsync(zip, "space.json", null, (entry, stop) => JsonSerializer.SerializeAsync(entry, content.Space, FlatfileJson.Default.Space, stop), cancellationToken).ConfigureAwait(false);
        foreach (var workbook in content.Workbooks)
        {
            await AddAsync(zip, $"workbooks/{workbook.Id}.json", null, (entry, stop) => JsonSerializer.SerializeAsync(entry, workbook, FlatfileJson.Default.Workbook, stop), cancellationToken).ConfigureAwait(false);
            foreach (var sheet in workbook.Sheets)
            {
                await AddRecordsAsync(zip, sheet, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var document in content.Documents)
        {
            await AddAsync(zip, $"documents/{document.Id}.json", null, (entry, stop) => JsonSerializer.SerializeAsync(entry, document, FlatfileJson.Default.Document, stop), cancellationToken).ConfigureAwait(false);
        }

        foreach (var file in content.Files.Where(f => f.Status != FileStatus.Purged))
        {
            await AddAsync(zip, $"files/{file.Id}.json", null, (entry, stop) => JsonSerializer.SerializeAsync(entry, file, FlatfileJson.Default.FlatfileFile, stop), cancellationToken).ConfigureAwait(false);
            await AddAsync(zip, $"files/{file.Id}", file.Id, (entry, stop) => DownloadAsync(file.Id, entry, stop), cancellationToken).ConfigureAwait(false);
        }

        var manifest = new ExportManifest { Format = ExportManifest.OwnFormat, Version = 1, SpaceId = content.Space.Id, Sheets = _sheets, Files = _files };
        var last = await OpenAsync(zip, ExportManifest.Name, cancellationToken).ConfigureAwait(false);
        await using var closingLast = last.ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(last, manifest, CleanupJson.Default.ExportManifest, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddRecordsAsync(ZipArchive zip, Sheet sheet, CancellationToken cancellationToken)
    {
        var name = $"records/{sheet.Id}.jsonl";
        var entry = await OpenAsync(zip, name, cancellationToken).ConfigureAwait(false);
        await using var closing = entry.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var heads = new HashSet<string>(StringComparer.Ordinal);
        var count = 0L;
        await foreach (var page in client.Records.ReadPagesAsync(sheet.Id, new RecordQuery { IncludeMessages = true }, cancellationToken).ConfigureAwait(false))
        {
            var ids = page.Records.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            if (ids.Count != page.Records.Count || !heads.Add(page.Records[0].Id))
            {
                throw new ExportFault($"Sheet {sheet.Id}: a page came with records that came before.");
            }

            foreach (var record in page.Records)
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(record, FlatfileJson.Default.FlatfileRecordData);
                hash.AppendData(line);
                hash.AppendData("\n"u8);
                await entry.WriteAsync(line, cancellationToken).ConfigureAwait(false);
                await entry.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                count++;
            }
        }

        if (count != content.Records[sheet.Id])
        {
            throw new ExportFault($"Sheet {sheet.Id}: {count} records came, and the server counts {content.Records[sheet.Id]}.");
        }

        _sheets.Add(new ExportedSheet(sheet.Id, name, count, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    private async Task AddAsync(ZipArchive zip, string name, string? fileId, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var entry = await OpenAsync(zip, name, cancellationToken).ConfigureAwait(false);
        await using var closing = entry.ConfigureAwait(false);
        var hashing = new HashingStream(entry);
        await using var closingHash = hashing.ConfigureAwait(false);
        await write(hashing, cancellationToken).ConfigureAwait(false);
        _files.Add(new ExportedFile(name, hashing.Length, hashing.Sha256(), fileId));
    }

    private async Task DownloadAsync(string fileId, Stream target, CancellationToken cancellationToken)
    {
        var bytes = await client.Files.DownloadAsync(fileId, cancellationToken).ConfigureAwait(false);
        await using var closing = bytes.ConfigureAwait(false);
        await bytes.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private static Task<Stream> OpenAsync(ZipArchive zip, string name, CancellationToken cancellationToken) =>
        zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
}
