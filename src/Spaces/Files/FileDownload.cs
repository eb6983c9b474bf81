using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flatfile.Spaces.Files;

/// <summary>Sends a file's bytes, whole or the part asked for.</summary>
internal static class FileDownload
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The answer with the bytes; the file is open from here on, so that a missing one is told properly.</summary>
    public static Answer Of(HttpRequest request, SpaceFolder space, ResourceId id, JsonObject body)
    {
        if (body.Text("status") == FileStatus.Purged)
        {
            throw new ApiRefusal(404, new ApiFault(null, $"The file expired at {body.Text("expiredAt")}: its bytes are gone."));
        }

        FileStream bytes;
        try
        {
            bytes = new FileStream(FileStore.PlaceOf(space, id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StorageFault.Unavailable(space.Id, $"the bytes of {id} are missing", "Restore its folder from a backup.", fault);
        }

        var length = bytes.Length;
        var tag = $"\"{body.Text("sha256")}\"";
        var (from, to) = Part(request, tag, length) ?? (0, length - 1);
        if (from > to && length > 0)
        {
            bytes.Dispose();
            throw new ApiRefusal(416, new ApiFault("Range", $"The file has {length} bytes; the range asked for lies behind them."));
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(body.Text("name"));
        List<(string, string)> headers = [("Content-Disposition", disposition.ToString()), ("Accept-Ranges", "bytes"), ("ETag", tag)];
        var count = to - from + 1;
        if (count == length)
        {
            return Answer.Streamed(body.Text("mimetype")!, (target, stop) => SendAsync(bytes, 0, count, target, stop), count, headers);
        }

        headers.Add(("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{length}")));
        return Answer.Part(body.Text("mimetype")!, (target, stop) => SendAsync(bytes, from, count, target, stop), count, headers);
    }

    /// <summary>First and last byte of the one range asked for; null when the whole file is to be sent. Several ranges may be answered with the whole.</summary>
    private static (long From, long To)? Part(HttpRequest request, string tag, long length)
    {
        if (request.Headers.IfRange is { Count: > 0 } condition && condition != tag
            || !RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || header.Unit != "bytes" || header.Ranges.Count != 1)
        {
            return null;
        }

        var range = header.Ranges.First();
        return range.From is { } from
            ? from < length ? (from, Math.Min(range.To ?? long.MaxValue, length - 1)) : (1, 0)
            : range.To is > 0 and var last ? (Math.Max(0, length - last), length - 1) : (1, 0);
    }

    private static async Task SendAsync(FileStream bytes, long from, long count, Stream target, CancellationToken cancellationToken)
    {
        await using (bytes.ConfigureAwait(false))
        {
            bytes.Position = from;
            var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                while (count > 0)
                {
                    var read = await bytes.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), cancellationToken).ConfigureAwait(false);
                    if (read == 0)
                    {
                        throw new EndOfStreamException($"{bytes.Name} became shorter while it was sent.");
                    }

                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    count -= read;
                }
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
