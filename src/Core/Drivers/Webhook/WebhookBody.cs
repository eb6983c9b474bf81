using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>The body of one request in memory, as it travelled. Memory is taken as the body comes, not as its length promises.</summary>
internal sealed class WebhookBody : IDisposable
{
    private const int First = 16 * 1024;

    private readonly BufferedBytes _all;
    private byte[] _buffer = [];
    private int _length;

    private WebhookBody(BufferedBytes all) => _all = all;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The longest body.</param>
    /// <param name="all">The bytes of all bodies in memory.</param>
    /// <param name="cancellationToken">The sender went away.</param>
    /// <returns>The body, or the status that refuses it: 413 or 429.</returns>
    public static async Task<(WebhookBody? Body, int Refusal)> ReadAsync(HttpRequest request, int limit, BufferedBytes all, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }

        var body = new WebhookBody(all);
        var refusal = 0;
        try
        {
            refusal = await body.FillAsync(request.Body, limit, cancellationToken).ConfigureAwait(false);
            return refusal == 0 ? (body, 0) : (null, refusal);
        }
        catch
        {
            refusal = -1;
            throw;
        }
        finally
        {
            if (refusal != 0)
            {
                body.Dispose();
            }
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _all.Release(_buffer.Length);
            _buffer = [];
            _length = 0;
        }
    }

    private async Task<int> FillAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length && !Grow(limit))
            {
                return StatusCodes.Status429TooManyRequests;
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return 0;
            }

            _length += read;
            if (_length > limit)
            {
                return StatusCodes.Status413PayloadTooLarge;
            }
        }
    }

    private bool Grow(int limit)
    {
        var next = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(First, 2L * _buffer.Length), limit + 1L));
        if (!_all.TryTake(next.Length))
        {
            ArrayPool<byte>.Shared.Return(next);
            return false;
        }

        _buffer.AsSpan(0, _length).CopyTo(next);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _all.Release(_buffer.Length);
        }

        _buffer = next;
        return true;
    }
}
