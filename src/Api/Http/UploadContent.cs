using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Flatfile.Api;

/// <summary>The multipart form of an upload, in the order of the official client; the file passes through one small buffer.</summary>
internal sealed class UploadContent : HttpContent
{
    private const int BufferSize = 80 * 1024;

    private readonly UploadSource _source;
    private readonly AttemptLimit _limit;
    private readonly IProgress<long>? _progress;
    private readonly byte[] _before;
    private readonly byte[] _after;

    public UploadContent(string spaceId, string environmentId, string name, FileUpload upload, UploadSource source, AttemptLimit limit)
    {
        _source = source;
        _limit = limit;
        _progress = upload.Progress;
        var boundary = "----flatfile" + Guid.NewGuid().ToString("N");
        Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };

        var text = new StringBuilder();
        AppendField(text, boundary, "spaceId", spaceId);
        AppendField(text, boundary, "environmentId", environmentId);
        AppendField(text, boundary, "mode", upload.Mode);
        text.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").Append(Quoted(name))
            .Append("\"\r\nContent-Type: ").Append(MediaTypeHeaderValue.Parse(upload.ContentType ?? "application/octet-stream")).Append("\r\n\r\n");
        _before = Encoding.UTF8.GetBytes(text.ToString());

        text.Clear().Append("\r\n");
        AppendField(text, boundary, "origin", upload.Origin);
        _after = Encoding.UTF8.GetBytes(text.Append("--").Append(boundary).Append("--\r\n").ToString());
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_before, cancellationToken).ConfigureAwait(false);
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

        await stream.WriteAsync(_after, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _before.Length + (_source.Length ?? 0) + _after.Length;
        return _source.Length is not null;
    }

    private static void AppendField(StringBuilder text, string boundary, string name, string? value)
    {
        if (value is not null)
        {
            text.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name).Append("\"\r\n\r\n").Append(value).Append("\r\n");
        }
    }

    // What browsers do with the three characters that would end the header.
    private static string Quoted(string name) => name.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
