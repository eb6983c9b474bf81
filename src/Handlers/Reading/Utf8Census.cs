using System.Buffers;
using System.Text;

namespace Flatfile.Agent.Handlers.Reading;

/// <summary>Counts what of a stream reads as UTF-8 and what does not.</summary>
internal static class Utf8Census
{
    /// <summary>Reads the stream to its end.</summary>
    /// <returns>Characters beyond ASCII, and places where bytes are no character.</returns>
    public static async Task<(long Characters, long Faults)> CountAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        var (kept, characters, faults) = (0, 0L, 0L);
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken);
            var length = kept + read;
            var isLast = length < buffer.Length;
            var used = Count(buffer.AsSpan(0, length), isLast, ref characters, ref faults);
            if (isLast)
            {
                return (characters, faults);
            }

            buffer.AsSpan(used, length - used).CopyTo(buffer);
            kept = length - used;
        }
    }

    /// <returns>How many bytes were looked at: all but a character that is cut at the end.</returns>
    private static int Count(ReadOnlySpan<byte> bytes, bool isLast, ref long characters, ref long faults)
    {
        var at = 0;
        while (bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is var next and >= 0)
        {
            at += next;
            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            if (status == OperationStatus.NeedMoreData && !isLast)
            {
                return at;
            }

            _ = status == OperationStatus.Done ? characters++ : faults++;
            at += length;
        }

        return bytes.Length;
    }
}
