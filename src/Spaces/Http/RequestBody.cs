using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flatfile.Spaces.Http;

/// <summary>Reads a body whole, unpacked, within the limit.</summary>
internal static class RequestBody
{
    private const int LargestBegin = 8 * 1024 * 1024;

    /// <summary>The bytes, which belong to the request and end with it; 413 beyond the limit, 415 for a packing nobody here knows.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, long limit)
    {
        var source = await OpenAsync(http, limit).ConfigureAwait(false);
        try
        {
            // One byte more than announced: the end is found without growing.
            var buffer = new BodyBuffer((int)Math.Clamp((http.Request.ContentLength ?? 0) + 1, 4096, LargestBegin));
            http.Response.RegisterForDispose(buffer);
            return await ReadLimitedAsync(source, buffer, limit, http.RequestAborted).ConfigureAwait(false);
        }
        catch (ApiRefusal)
        {
            await DrainAsync(http.Request, limit).ConfigureAwait(false);
            throw;
        }
        catch (InvalidDataException)
        {
            throw NotPacked();
        }
        finally
        {
            if (source != http.Request.Body)
            {
                await source.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The body as a stream of its unpacked bytes; what is sent is held to the limit, what is unpacked the reader must hold to it.</summary>
    public static async Task<Stream> OpenAsync(HttpContext http, long limit)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // The limit here counts unpacked bytes, and reads on a little behind it.
            feature.MaxRequestBodySize = null;
        }

        if (http.Request.ContentLength > limit)
        {
            await DrainAsync(http.Request, limit).ConfigureAwait(false);
            throw TooLarge(limit);
        }

        var encoding = http.Request.Headers.ContentEncoding.ToString();
        return encoding.Trim().ToLowerInvariant() switch
        {
            "" or "identity" => http.Request.Body,
            "gzip" => new GZipStream(http.Request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => throw new ApiRefusal(415, new ApiFault("Content-Encoding", "Bodies may be plain or packed once with gzip.")),
        };
    }

    /// <summary>The body as JSON; 400 naming the place when it is none.</summary>
    public static JsonNode? Parse(ReadOnlyMemory<byte> body)
    {
        var text = WithoutMark(body);
        if (text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text.Span, documentOptions: Wire.Reading);
        }
        catch (JsonException fault)
        {
            throw Malformed(fault);
        }
    }

    /// <summary>A 400 that names line and column.</summary>
    public static ApiRefusal Malformed(JsonException fault) => ApiRefusal.Bad(
        null,
        fault.LineNumber is { } line && fault.BytePositionInLine is { } column
            ? $"The body is not the JSON this call takes: line {line + 1}, byte {column + 1}{(fault.Path is { Length: > 1 } path ? $", at {path}" : "")}. {Reason(fault)}"
            : $"The body is not the JSON this call takes. {Reason(fault)}");

    /// <summary>What makes a repeat of a request the same request.</summary>
    public static byte[] Fingerprint(ReadOnlyMemory<byte> body) => SHA256.HashData(body.Span);

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    /// <summary>The parser's own sentence, without the place it repeats at its end.</summary>
    private static string Reason(JsonException fault)
    {
        var end = fault.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? fault.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        return end < 0 ? fault.Message : fault.Message[..end];
    }

    private static async Task<ReadOnlyMemory<byte>> ReadLimitedAsync(Stream source, BodyBuffer buffer, long limit, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Memory.Length)
            {
                buffer.Grow((int)Math.Min((long)filled * 2, Math.Min(limit + 1, Array.MaxLength)));
            }

            var read = await source.ReadAsync(buffer.Memory[filled..], cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer.Memory[..filled];
            }

            filled += read;
            if (filled > limit)
            {
                throw TooLarge(limit);
            }
        }
    }

    /// <summary>A client that still sends does not read: it would see a broken connection instead of the answer. What is far too large is cut off.</summary>
    private static async Task DrainAsync(HttpRequest request, long limit)
    {
        var most = limit * 8;
        if (request.ContentLength > most)
        {
            return;
        }

        var buffer = new byte[64 * 1024];
        for (int read; most > 0 && (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0;)
        {
            most -= read;
        }
    }

    /// <summary>400: gzip that is none.</summary>
    public static ApiRefusal NotPacked() =>
        ApiRefusal.Bad("Content-Encoding", "The body says it is packed with gzip and cannot be unpacked. Send it plain, or pack it whole.");

    /// <summary>413.</summary>
    public static ApiRefusal TooLarge(long limit) =>
        new(413, new ApiFault(null, $"The body is larger than {limit} bytes. Send it in smaller parts, or raise the limit of the server."));
}
