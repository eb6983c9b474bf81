using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>What an insert sends: by its hash the same rows are known again.</summary>
/// <param name="Hash">SHA-256 of the body before it was compressed, in hex.</param>
/// <param name="Count">Rows in it.</param>
internal sealed record SentRows(string Hash, int Count)
{
    /// <summary>Looks into a body, which stays in memory to be sent.</summary>
    public static async Task<SentRows> OfAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        var body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (content.Headers.ContentEncoding.Contains("gzip"))
        {
            using var packed = new MemoryStream(body);
            await using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            using var plain = new MemoryStream();
            await gzip.CopyToAsync(plain, cancellationToken).ConfigureAwait(false);
            body = plain.ToArray();
        }

        return new SentRows(Convert.ToHexStringLower(SHA256.HashData(body)), Rows(body));
    }

    private static int Rows(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var count = 0;
        while (reader.Read())
        {
            count += reader is { TokenType: JsonTokenType.StartObject, CurrentDepth: 1 } ? 1 : 0;
        }

        return count;
    }
}
