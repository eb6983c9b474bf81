using System.Net;
using System.Net.Http.Headers;

namespace Flatfile.Api;

/// <summary>A large body that is one file; it passes through one small buffer.</summary>
internal sealed class StreamBody : HttpContent
{
    private const int BufferSize = 80 * 1024;

    private readonly UploadSource _source;
    private readonly AttemptLimit _limit;
    private readonly IProgress<long>? _progress;

    public StreamBody(UploadSource source, string type, AttemptLimit limit, IProgress<long>? progress)
    {
        _source = source;
        _limit = limit;
        _progress = progress;
        Headers.ContentType = new MediaTypeHeaderValue(type);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var file = _source.Start();
        var buffer = new byte[BufferSize];
        var sent = 0L;
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            sent += read;
            _limit.Renew();
            _progress?.Report(sent);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _source.Length ?? 0;
        return _source.Length is not null;
    }
}
