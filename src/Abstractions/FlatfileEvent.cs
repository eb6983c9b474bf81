using System.Text.Json;

namespace Flatfile.Agent;

/// <summary>One Flatfile event, immutable, with everything the wire carried.</summary>
/// <remarks>
/// The members mirror the official listener's event object: <see cref="Target"/> defaults to an empty text,
/// <see cref="Namespaces"/> to an empty list, <see cref="Action"/> is <c>context.actionName</c> or empty.
/// </remarks>
public sealed class FlatfileEvent
{
    private FlatfileEvent(JsonElement source, string id, string topic, JsonElement context, JsonElement payload)
    {
        Source = source;
        Id = id;
        Topic = topic;
        Context = new EventContextData(context);
        Payload = payload;
        Domain = Text(source, "domain") ?? string.Empty;
        Target = Text(source, "target") ?? string.Empty;
        DataUrl = Text(source, "dataUrl");
        CallbackUrl = Text(source, "callbackUrl");
        Action = Context.ActionName ?? string.Empty;
        Namespaces = ReadNamespaces(source);
        CreatedAt = source.TryGetProperty("createdAt", out var at) && at.ValueKind == JsonValueKind.String
            && at.TryGetDateTimeOffset(out var created) ? created : null;
    }

    /// <summary>Unique and stable; two deliveries with the same id are the same event.</summary>
    public string Id { get; }

    /// <summary>Segments separated by a colon, such as <c>job:ready</c>.</summary>
    public string Topic { get; }

    /// <summary>The resource kind, such as <c>job</c>.</summary>
    public string Domain { get; }

    /// <summary>Where it happened: ids and slugs.</summary>
    public EventContextData Context { get; }

    /// <summary>A JSON object; what happened, by topic.</summary>
    public JsonElement Payload { get; }

    /// <summary>Such as <c>sheet(contacts)</c>; empty when the wire had none.</summary>
    public string Target { get; }

    /// <summary>The name of the action that caused the event; empty when none did.</summary>
    public string Action { get; }

    /// <summary>Such as <c>space:red</c>.</summary>
    public IReadOnlyList<string> Namespaces { get; }

    /// <summary>When the platform made it; null when the wire had no readable time.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>Relative address of the rows the event speaks of; null when it speaks of none.</summary>
    public string? DataUrl { get; }

    /// <summary>Relative address at which the event may be acknowledged.</summary>
    public string? CallbackUrl { get; }

    /// <summary>Events of one key are handled in order: the space, else the environment, else an empty text.</summary>
    public string OrderingKey => Context.SpaceId ?? Context.EnvironmentId ?? string.Empty;

    /// <summary>The event as received, unknown members included.</summary>
    public JsonElement Source { get; }

    /// <summary>Reads one event from UTF-8 JSON.</summary>
    /// <exception cref="UnreadableEventException">Not JSON, not an object, or without an id, a topic, or object-shaped context and payload.</exception>
    public static FlatfileEvent Parse(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json);
            return FromJson(document.RootElement.Clone());
        }
        catch (JsonException fault)
        {
            throw new UnreadableEventException("The event is not JSON: " + fault.Message, fault);
        }
    }

    /// <summary>Reads one event from a JSON element whose document outlives the event.</summary>
    /// <exception cref="UnreadableEventException">Not an object, or without an id, a topic, or object-shaped context and payload.</exception>
    public static FlatfileEvent FromJson(JsonElement source)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableEventException($"An event must be a JSON object; this one is {source.ValueKind}.");
        }

        var id = Required(source, "id");
        var topic = Required(source, "topic");
        return new FlatfileEvent(source, id, topic, RequiredObject(source, "context"), RequiredObject(source, "payload"));
    }

    /// <summary>A text member of the payload, or null when it is absent or not text.</summary>
    public string? PayloadText(string name) => Text(Payload, name);

    /// <inheritdoc />
    public override string ToString() => $"{Topic} {Id}";

    private static string Required(JsonElement source, string name) =>
        Text(source, name) is { Length: > 0 } text
            ? text
            : throw new UnreadableEventException($"The event has no '{name}'.");

    private static JsonElement RequiredObject(JsonElement source, string name) =>
        source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value
            : throw new UnreadableEventException($"The event's '{name}' is not an object.");

    private static string? Text(JsonElement source, string name) =>
        source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IReadOnlyList<string> ReadNamespaces(JsonElement source)
    {
        if (!source.TryGetProperty("namespaces", out var value) || value.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)];
    }
}
