using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>One cell of a <see cref="FlatfileRecord"/>: what was read and what the hooks made of it.</summary>
internal sealed class RecordCell
{
    private readonly JsonNode? _original;
    private readonly List<RecordMessage> _originalMessages;

    private RecordCell(JsonNode? value, List<RecordMessage> messages)
    {
        _original = value;
        _originalMessages = messages;
        Value = value;
    }

    public JsonNode? Value { get; set; }

    public List<RecordMessage> Messages { get; } = [];

    public bool IsModified => !JsonNode.DeepEquals(Value, _original) || !Messages.SequenceEqual(_originalMessages);

    public static RecordCell FromJson(JsonElement source)
    {
        var value = source.TryGetProperty("value", out var v) ? JsonSerializer.SerializeToNode(v) : null;
        var messages = new List<RecordMessage>();
        if (source.TryGetProperty("messages", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            messages.AddRange(list.EnumerateArray().Select(ReadMessage).OfType<RecordMessage>());
        }

        return new RecordCell(value, messages);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("value");
        if (Value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Value.WriteTo(writer);
        }

        writer.WriteStartArray("messages");
        foreach (var message in Messages)
        {
            writer.WriteStartObject();
            writer.WriteString("message", message.Text);
            writer.WriteString("type", WireLevel(message.Level));
            writer.WriteString("source", message.Source);
            if (message.Path is not null)
            {
                writer.WriteString("path", message.Path);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string WireLevel(MessageLevel level) => level switch
    {
        MessageLevel.Error => "error",
        MessageLevel.Warn => "warn",
        _ => "info",
    };

    /// <summary>Only messages of hooks are compared: those of constraints belong to the platform.</summary>
    private static RecordMessage? ReadMessage(JsonElement source)
    {
        if (Text(source, "source") is { } from and not RecordMessage.CustomLogic)
        {
            return null;
        }

        var level = Text(source, "type") switch
        {
            "error" => MessageLevel.Error,
            "warn" => MessageLevel.Warn,
            _ => MessageLevel.Info,
        };
        return new RecordMessage(level, Text(source, "message") ?? string.Empty, Path: Text(source, "path"));
    }

    private static string? Text(JsonElement source, string name) =>
        source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
