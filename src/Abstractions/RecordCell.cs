using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>One cell of a <see cref="FlatfileRecord"/> that a hook touched, or that had messages: what was read and what the hooks made of it.</summary>
internal sealed class RecordCell
{
    private static readonly IReadOnlyList<RecordMessage> None = [];

    private readonly ReadOnlyMemory<byte> _source;
    private readonly IReadOnlyList<RecordMessage> _originalMessages;
    private JsonNode? _value;
    private bool _isRead;
    private List<RecordMessage>? _messages;

    /// <param name="value">The value as JSON; empty for none.</param>
    /// <param name="messages">The messages as a JSON array; empty for none.</param>
    public RecordCell(ReadOnlyMemory<byte> value, ReadOnlyMemory<byte> messages)
    {
        _source = value;
        _originalMessages = messages.IsEmpty ? None : ReadMessages(messages);
    }

    public JsonNode? Value
    {
        get
        {
            if (!_isRead)
            {
                _value = NodeOf(_source);
                _isRead = true;
            }

            return _value;
        }

        set
        {
            _value = value;
            _isRead = true;
        }
    }

    public IReadOnlyList<RecordMessage> Messages => _messages ?? None;

    public bool IsModified =>
        (_isRead && !JsonNode.DeepEquals(_value, NodeOf(_source))) || !Messages.SequenceEqual(_originalMessages);

    public void Add(RecordMessage message) => (_messages ??= []).Add(message);

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

    private static JsonNode? NodeOf(ReadOnlyMemory<byte> source) => source.IsEmpty ? null : JsonNode.Parse(source.Span);

    private static string WireLevel(MessageLevel level) => level switch
    {
        MessageLevel.Error => "error",
        MessageLevel.Warn => "warn",
        _ => "info",
    };

    /// <summary>Only messages of hooks are compared: those of constraints belong to the platform.</summary>
    private static List<RecordMessage> ReadMessages(ReadOnlyMemory<byte> source)
    {
        using var list = JsonDocument.Parse(source);
        var messages = new List<RecordMessage>();
        foreach (var message in list.RootElement.EnumerateArray())
        {
            if (Text(message, "source") is null or RecordMessage.CustomLogic)
            {
                var level = Text(message, "type") switch
                {
                    "error" => MessageLevel.Error,
                    "warn" => MessageLevel.Warn,
                    _ => MessageLevel.Info,
                };
                messages.Add(new RecordMessage(level, Text(message, "message") ?? string.Empty, Path: Text(message, "path")));
            }
        }

        return messages;
    }

    private static string? Text(JsonElement source, string name) =>
        source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
