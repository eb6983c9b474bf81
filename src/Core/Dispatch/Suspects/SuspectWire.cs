using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>Messages over a pipe: the length in four bytes, then JSON.</summary>
internal static class SuspectWire
{
    private const int Longest = 1 << 30;

    public static async Task WriteAsync<T>(Stream pipe, T message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        await pipe.WriteAsync(length, cancellationToken).ConfigureAwait(false);
        await pipe.WriteAsync(json, cancellationToken).ConfigureAwait(false);
        await pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next message, or null when the other side is gone.</summary>
    public static async Task<T?> ReadAsync<T>(Stream pipe, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var header = new byte[sizeof(int)];
        if (await pipe.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < header.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 0 or > Longest)
        {
            throw new InvalidDataException($"A message of {length} bytes between the agent and its other process: something else writes into the pipe.");
        }

        var json = new byte[length];
        return await pipe.ReadAtLeastAsync(json, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < length
            ? null
            : JsonSerializer.Deserialize(json, type);
    }
}
