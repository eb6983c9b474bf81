using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Flatfile.Agent.Core.Recording;

/// <summary>What one request sent: its length, its hash, and the body up to a limit, unpacked.</summary>
internal sealed class RequestCapture(int limit)
{
    /// <summary>What a small packed body may unpack to.</summary>
    private const int Unpacked = 8;

    private readonly ArrayBufferWriter<byte> _body = new();
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _bytes;
    private bool _packed;
    private string? _type;

    /// <summary>A connection that broke before the first byte arrived makes the sender begin anew.</summary>
    public void Begin(HttpContent content)
    {
        _body.ResetWrittenCount();
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _bytes = 0;
        _packed = content.Headers.ContentEncoding.Contains("gzip");
        _type = content.Headers.ContentType?.MediaType;
    }

    public void Sent(ReadOnlySpan<byte> bytes)
    {
        _bytes += bytes.Length;
        _hash.AppendData(bytes);
        if (_bytes <= limit)
        {
            _body.Write(bytes);
        }
    }

    public void WriteTo(Utf8JsonWriter writer, string path)
    {
        writer.WriteStartObject("sent");
        writer.WriteString("type", _type);
        writer.WriteNumber("bytes", _bytes);
        if (_bytes <= limit && Plain() is { } plain && Presentable(path, plain) is { } body)
        {
            writer.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(body)));
            RunRecording.WriteBytes(writer, body);
        }
        else
        {
            writer.WriteString("sha256", Convert.ToHexStringLower(_hash.GetCurrentHash()));
            writer.WriteBoolean("cut", true);
        }

        writer.WriteEndObject();
    }

    private byte[]? Presentable(string path, byte[] body) =>
        body.Length == 0 || _type is null || !_type.Contains("json", StringComparison.Ordinal) ? body : SecretMask.Json(path, body);

    private byte[]? Plain()
    {
        if (!_packed)
        {
            return _body.WrittenSpan.ToArray();
        }

        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(_body.WrittenSpan.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[16 * 1024];
        while (gzip.Read(buffer) is var count and > 0)
        {
            if (plain.Length + count > (long)limit * Unpacked)
            {
                return null;
            }

            plain.Write(buffer, 0, count);
        }

        return plain.ToArray();
    }
}
