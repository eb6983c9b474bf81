using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Api;

/// <summary>Items as lines of JSON, written while they are sent.</summary>
internal sealed class LinesContent<T> : HttpContent
{
    private readonly IEnumerable<T> _items;
    private readonly JsonTypeInfo<T> _type;

    public LinesContent(IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        (_items, _type) = (items, type);
        Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var item in _items)
        {
            await JsonSerializer.SerializeAsync(stream, item, _type, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
