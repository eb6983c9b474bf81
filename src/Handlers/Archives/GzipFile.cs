using System.IO.Compression;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>A file packed by gzip, opened for reading as the file inside.</summary>
internal sealed class GzipFile(ITableFile inner, FileContent packed) : ITableFile
{
    public string Format => inner.Format;

    public IReadOnlyList<ReadDecision> Decisions => [new("compression", "gzip", 1, "The file begins as gzip does."), .. inner.Decisions];

    public double Progress => packed.Progress;

    /// <param name="content">The packed file; disposed with the result.</param>
    /// <param name="options">For the file inside.</param>
    /// <param name="budget">Of the archive it came out of; null when it was uploaded itself.</param>
    /// <param name="depth">How many archives deep the file inside is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">It is damaged, or holds no table.</exception>
    public static async Task<GzipFile> OpenAsync(FileContent content, ReadOptions options, UnpackBudget? budget, int depth, CancellationToken cancellationToken)
    {
        if (!content.Head.Bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            throw new UnreadableFileException("This file is called .gz but is not packed by gzip. Upload it under the name of what it is.");
        }

        var packed = new GzipTail(content.OpenForward());
        var name = Path.GetExtension(content.Head.Name).ToLowerInvariant() is ".gz" or ".gzip" ? Path.GetFileNameWithoutExtension(content.Head.Name) : content.Head.Name;
        var account = budget ?? new UnpackBudget(() => packed.Count);
        var unpacked = new UnpackedStream(new GZipStream(packed, CompressionMode.Decompress), name, account, packed.IsWhole);
        try
        {
            var inside = await FileContent.OpenAsync(unpacked, name, 0, cancellationToken);
            return new GzipFile(await PackedFiles.OpenAsync(inside, options with { Format = null }, account, depth, isNamed: true, cancellationToken), content);
        }
        catch
        {
            await unpacked.DisposeAsync();
            throw;
        }
    }

    public ValueTask<ITable?> NextTableAsync(CancellationToken cancellationToken) => inner.NextTableAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await packed.DisposeAsync();
    }
}
