using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>A single file packed by gzip, such as <c>orders.csv.gz</c>: read as the file inside.</summary>
internal sealed class GzipFormat : IFileFormat
{
    private const double ByContent = 0.9;
    private const double ByName = 0.3;

    public string Name => "gzip";

    public IReadOnlyList<string> Extensions { get; } = [".gz", ".gzip"];

    public double Recognise(FileHead head) => head.Bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]) ? ByContent : Extensions.Contains(head.Extension) ? ByName : 0;

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken) =>
        await GzipFile.OpenAsync(content, options, null, 1, cancellationToken);
}
