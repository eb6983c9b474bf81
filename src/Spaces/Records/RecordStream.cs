using System.Text.Json;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Sends records in the envelope of an answer.</summary>
internal static class RecordStream
{
    /// <summary><c>{"data":{"success":true,"records":[…],…}}</c>.</summary>
    /// <param name="space">The space.</param>
    /// <param name="open">Opens the rows and says what stands beside them.</param>
    public static Answer Of(SpaceFolder space, Func<SpaceRead, (RecordCursor Rows, Action<Utf8JsonWriter> Members)> open) =>
        RowStream.Json(space, (read, writer) => Write(open(read), writer));

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

    private static IEnumerable<bool> Write((RecordCursor Rows, Action<Utf8JsonWriter> Members) opened, Utf8JsonWriter writer)
    {
        using var rows = opened.Rows;
        writer.WriteStartObject();
        writer.WriteStartObject("data");
        writer.WriteBoolean("success", true);
        writer.WriteStartArray("records");
        while (rows.WriteNext(writer))
        {
            yield return true;
        }

        writer.WriteEndArray();
        opened.Members(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
        yield return true;
    }
}
