using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>The bytes of a JSON file as UTF-8 that can be read twice.</summary>
internal sealed class JsonBytes : IAsyncDisposable
{
    private readonly Stream? _transcoded;

    private JsonBytes(Stream stream, int markLength, Stream? transcoded, ReadDecision encoding)
    {
        (Stream, MarkLength, _transcoded, Encoding) = (stream, markLength, transcoded, encoding);
    }

    /// <summary>UTF-8; may still hold bytes that are none where a few are broken.</summary>
    public Stream Stream { get; }

    /// <summary>Bytes of the byte order mark before the first value.</summary>
    public int MarkLength { get; }

    public ReadDecision Encoding { get; }

    /// <exception cref="UnreadableFileException">The file is empty, too large, or not in the encoding it says it is in.</exception>
    public static async Task<JsonBytes> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var head = content.Head.Bytes;
        var mark = NamedEncoding.OfMark(head.Span);
        var bytes = await content.OpenSeekableAsync(TableLimits.Spool, cancellationToken);
        if (options.Encoding is { } asked)
        {
            var encoding = NamedEncoding.Asked(asked);
            return await TranscodedAsync(bytes, encoding, mark?.MarkLength ?? 0, new("encoding", Name(encoding), 1, "The reading option 'encoding' says so."), cancellationToken);
        }

        if (mark is { } found)
        {
            var evidence = found.MarkLength > 0 ? "The file begins with its byte order mark." : "Every other of the first bytes is NUL.";
            return await TranscodedAsync(bytes, found.Encoding, found.MarkLength, new("encoding", Name(found.Encoding), found.MarkLength > 0 ? 1 : 0.95, evidence), cancellationToken);
        }

        var (characters, faults) = await Utf8Census.CountAsync(bytes, cancellationToken);
        bytes.Position = 0;
        if (faults == 0 || characters > 4 * faults)
        {
            var evidence = faults > 0 ? $"{characters} characters beyond ASCII read as UTF-8, {faults} bytes do not: the records that hold them are refused."
                : characters > 0 ? "All bytes read as UTF-8." : "All bytes are ASCII.";
            return new JsonBytes(bytes, 0, null, new("encoding", "UTF-8", faults > 0 ? 0.8 : 1, evidence) { IsNotable = faults > 0 });
        }

        var western = new ReadDecision("encoding", "Windows-1252", 0.6, $"{faults} bytes are not UTF-8, as JSON should be: it was read as Windows-1252.") { IsNotable = true };
        return await TranscodedAsync(bytes, NamedEncoding.Find("windows-1252")!, 0, western, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_transcoded is not null)
        {
            await _transcoded.DisposeAsync();
        }
    }

    private static async Task<JsonBytes> TranscodedAsync(Stream bytes, Encoding encoding, int markLength, ReadDecision decision, CancellationToken cancellationToken)
    {
        if (encoding.CodePage == System.Text.Encoding.UTF8.CodePage)
        {
            return new JsonBytes(bytes, markLength, null, decision);
        }

        bytes.Position = markLength;
        var spool = SpoolFile.Create();
        try
        {
            await using var utf8 = System.Text.Encoding.CreateTranscodingStream(bytes, encoding, System.Text.Encoding.UTF8, leaveOpen: true);
            await utf8.CopyToAsync(spool, cancellationToken);
        }
        catch (DecoderFallbackException fault)
        {
            await spool.DisposeAsync();
            throw new UnreadableFileException($"This file holds bytes that are not {decision.Value}, the encoding it was taken for. Save it as UTF-8 and upload it again.", fault);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }

        return new JsonBytes(spool, 0, spool, decision);
    }

    private static string Name(Encoding encoding) => encoding.CodePage switch
    {
        1200 => "UTF-16LE",
        1201 => "UTF-16BE",
        12000 => "UTF-32LE",
        65001 => "UTF-8",
        _ => encoding.WebName.StartsWith("windows", StringComparison.Ordinal) ? "W" + encoding.WebName[1..] : encoding.WebName.ToUpperInvariant(),
    };
}
