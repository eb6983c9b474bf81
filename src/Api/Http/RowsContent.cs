using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Flatfile.Api;

/// <summary>A page of rows, written as JSON while it is sent; compressed, unless it stays on this machine.</summary>
internal sealed class RowsContent : HttpContent
{
    private const int FlushAt = 64 * 1024;

    private readonly IEnumerable<Action<Utf8JsonWriter>> _parts;
    private readonly bool _packed;
    private readonly AttemptLimit _limit;

    /// <summary>The parts together write one JSON value; between parts the text goes out.</summary>
    public RowsContent(IEnumerable<Action<Utf8JsonWriter>> parts, bool packed, AttemptLimit limit)
    {
        _parts = parts;
        _packed = packed;
        _limit = limit;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (packed)
        {
            Headers.ContentEncoding.Add("gzip");
        }
    }

    /// <summary>The rows of a list, one part each.</summary>
    public static IEnumerable<Action<Utf8JsonWriter>> PartsOf<T>(IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        yield return writer => writer.WriteStartArray();
        foreach (var row in rows)
        {
            yield return writer => write(writer, row);
        }

        yield return writer => writer.WriteEndArray();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!_packed)
        {
            await WriteAsync(stream, cancellationToken).ConfigureAwait(false);
            return;
        }

        var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip.ConfigureAwait(false))
        {
            await WriteAsync(gzip, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>(2 * FlushAt);
        using var writer = new Utf8JsonWriter(text);
        foreach (var part in _parts)
        {
            part(writer);
            if (writer.BytesPending + text.WrittenCount >= FlushAt)
            {
                await FlushAsync(writer, text, target, cancellationToken).ConfigureAwait(false);
            }
        }

        await FlushAsync(writer, text, target, cancellationToken).ConfigureAwait(false);
    }

    private async Task FlushAsync(Utf8JsonWriter writer, ArrayBufferWriter<byte> text, Stream target, CancellationToken cancellationToken)
    {
        writer.Flush();
        await target.WriteAsync(text.WrittenMemory, cancellationToken).ConfigureAwait(false);
        text.ResetWrittenCount();
        _limit.Renew();
    }
}
