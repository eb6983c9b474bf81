using System.Net;

namespace Flatfile.Agent.Core.Recording;

/// <summary>A request's body that is seen while it is sent.</summary>
internal sealed class RecordedRequestContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly RequestCapture _capture;

    public RecordedRequestContent(HttpContent inner, RequestCapture capture)
    {
        _inner = inner;
        _capture = capture;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _capture.Begin(_inner);
        return _inner.CopyToAsync(new SeenWrites(stream, bytes => _capture.Sent(bytes.Span)), context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
