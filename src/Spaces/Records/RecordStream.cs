using System.Buffers;
using System.Text.Json;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Sends rows while they are read: one snapshot, a small buffer, however large the page.</summary>
internal static class RecordStream
{
    private const int BufferBytes = 64 * 1024;

    /// <summary><c>{"data":{"success":true,"records":[…],…}}</c>.</summary>
    /// <param name="space">The space.</param>
    /// <param name="open">Opens the rows and says what stands beside them.</param>
    public static Answer Of(SpaceFolder space, Func<SpaceRead, (RecordCursor Rows, Action<Utf8JsonWriter> Members)> open) =>
        Answer.Streamed("application/json; charset=utf-8", async (stream, cancelled) =>
        {
            var use = await space.RentAsync(cancelled).ConfigureAwait(false);
            await using var leaving = use.ConfigureAwait(false);
            await use.GuardAsync(async () =>
            {
                using var lease = use.File.Rent();
                using var snapshot = lease.Connection.BeginTransaction(deferred: true);
                await SendAsync(lease.Connection, space, open, stream, cancelled).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        });

    /// <summary>The members every answer about rows ends with.</summary>
    public static void WriteCommit(Utf8JsonWriter writer, string? commitId)
    {
        if (commitId is not null)
        {
            writer.WriteString("commitId", commitId);
            writer.WriteString("versionId", commitId);
        }
    }

    /// <summary>The member <c>counts</c>.</summary>
    public static void WriteCounts(Utf8JsonWriter writer, RecordCounts counts)
    {
        writer.WritePropertyName("counts");
        JsonSerializer.Serialize(writer, counts, FlatfileJson.Default.RecordCounts);
    }

    private static async Task SendAsync(
        SqliteConnection connection, SpaceFolder space, Func<SpaceRead, (RecordCursor Rows, Action<Utf8JsonWriter> Members)> open, Stream stream, CancellationToken cancelled)
    {
        var buffer = new ArrayBufferWriter<byte>(BufferBytes + (BufferBytes / 4));
        var writer = new Utf8JsonWriter(buffer, Wire.Writing);
        await using var closing = writer.ConfigureAwait(false);
        var (rows, members) = open(new SpaceRead(connection, space));
        using (rows)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            writer.WriteBoolean("success", true);
            writer.WriteStartArray("records");
            while (rows.WriteNext(writer))
            {
                if (buffer.WrittenCount + writer.BytesPending >= BufferBytes)
                {
                    await FlushAsync(writer, buffer, stream, cancelled).ConfigureAwait(false);
                }
            }

            writer.WriteEndArray();
            members(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
            await FlushAsync(writer, buffer, stream, cancelled).ConfigureAwait(false);
        }
    }

    private static async Task FlushAsync(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, Stream stream, CancellationToken cancelled)
    {
        await writer.FlushAsync(cancelled).ConfigureAwait(false);
        await stream.WriteAsync(buffer.WrittenMemory, cancelled).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }
}
