using System.Buffers;
using System.Text.Json;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Sends what is made of rows while they are read: one snapshot, a small buffer, however many they are.</summary>
internal static class RowStream
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>Sends JSON.</summary>
    /// <param name="space">The space.</param>
    /// <param name="write">Writes; between two parts what is written may be sent.</param>
    public static Answer Json(SpaceFolder space, Func<SpaceRead, Utf8JsonWriter, IEnumerable<bool>> write) =>
        Of(space, "application/json; charset=utf-8", (read, buffer) => Parts(read, buffer, write));

    /// <summary>Sends any text.</summary>
    /// <param name="space">The space.</param>
    /// <param name="contentType">What it is.</param>
    /// <param name="write">Writes; after a part that is true what is written may be sent.</param>
    /// <param name="headers">Further headers.</param>
    public static Answer Of(
        SpaceFolder space, string contentType, Func<SpaceRead, ArrayBufferWriter<byte>, IEnumerable<bool>> write, params IReadOnlyList<(string, string)> headers) =>
        Answer.Streamed(contentType, async (stream, cancelled) =>
        {
            var use = await space.RentAsync(cancelled).ConfigureAwait(false);
            await using var leaving = use.ConfigureAwait(false);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled, use.Ending);
            await use.GuardAsync(async () =>
            {
                using var lease = use.File.Rent();
                var buffer = new ArrayBufferWriter<byte>(BufferBytes + (BufferBytes / 4));
                foreach (var isWhole in write(new SpaceRead(lease.Connection, space), buffer))
                {
                    if (isWhole && buffer.WrittenCount >= BufferBytes)
                    {
                        await stream.WriteAsync(buffer.WrittenMemory, ending.Token).ConfigureAwait(false);
                        buffer.ResetWrittenCount();
                    }
                }

                await stream.WriteAsync(buffer.WrittenMemory, ending.Token).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }, null, headers);

    private static IEnumerable<bool> Parts(SpaceRead read, ArrayBufferWriter<byte> buffer, Func<SpaceRead, Utf8JsonWriter, IEnumerable<bool>> write)
    {
        using var writer = new Utf8JsonWriter(buffer, Wire.Writing);
        foreach (var _ in write(read, writer))
        {
            // The writer holds a part of the buffer, which must not be emptied before it has given that back.
            if (buffer.WrittenCount + writer.BytesPending >= BufferBytes)
            {
                writer.Flush();
                yield return true;
            }
        }

        writer.Flush();
        yield return true;
    }
}
