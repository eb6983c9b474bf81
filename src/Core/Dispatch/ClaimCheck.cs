using System.Buffers;
using System.Text.Json;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>How an event travels that is too large for a bus: without its payload, with a claim for the whole of it.</summary>
/// <remarks>
/// The form: <c>{"id", "topic", "domain", "context": {the ids of where it happened}, "payload": {}, "claim": "the event's id"}</c>. The whole
/// event is found by its id in the agent's store, or at Flatfile.
/// </remarks>
internal static class ClaimCheck
{
    /// <summary>No claim is longer: only its ids vary, and each of them is short.</summary>
    private const int LongestForm = 16 * 1024;

    private const int LongestId = 500;

    private static readonly string[] Ids =
        ["accountId", "environmentId", "spaceId", "workbookId", "sheetId", "sheetSlug", "fileId", "jobId", "commitId", "documentId", "actorId"];

    /// <summary>The claim for an event.</summary>
    /// <exception cref="UnreadableEventException">It is no event.</exception>
    public static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> body)
    {
        var @event = FlatfileEvent.Parse(body);
        var form = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(form))
        {
            writer.WriteStartObject();
            writer.WriteString("id", @event.Id);
            writer.WriteString("topic", @event.Topic);
            writer.WriteString("domain", @event.Domain);
            writer.WriteStartObject("context");
            foreach (var name in Ids)
            {
                if (@event.Context.Text(name) is { Length: <= LongestId } id)
                {
                    writer.WriteString(name, id);
                }
            }

            writer.WriteEndObject();
            writer.WriteStartObject("payload");
            writer.WriteEndObject();
            writer.WriteString("claim", @event.Id);
            writer.WriteEndObject();
        }

        return form.WrittenMemory;
    }

    /// <summary>The id of the event a body claims; null when the body is an event itself.</summary>
    public static string? Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > LongestForm || body.Span.IndexOf("\"claim\""u8) < 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("claim", out var claim) && claim.ValueKind == JsonValueKind.String
                && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.ValueEquals(claim.GetString())
                && root.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object && payload.GetPropertyCount() == 0
                    ? claim.GetString()
                    : null;
        }
        catch (JsonException)
        {
            // Whoever reads it as an event will say what is wrong with it.
            return null;
        }
    }
}
