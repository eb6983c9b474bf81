using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>One cell of a <see cref="FlatfileRecord"/>: what was read and what the hooks made of it.</summary>
internal sealed class RecordCell
{
    private static readonly IReadOnlyList<RecordMessage> None = [];

    // A page holds a million cells and hooks look at few: nodes and lists are made when they are asked for.
    private readonly JsonElement _source;
    private readonly IReadOnlyList<RecordMessage> _originalMessages;
    private JsonNode? _value;
    private bool _isRead;
    private List<RecordMessage>? _messages;

    private RecordCell(JsonElement source, IReadOnlyList<RecordMessage> messages)
    {
        _source = source;
        _originalMessages = messages;
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

    public static RecordCell FromJson(JsonElement source)
    {
        var value = source.TryGetProperty("value", out var v) ? v : default;
        var hasMessages = source.TryGetProperty("messages", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
        return new RecordCell(value, hasMessages ? [.. list.EnumerateArray().Select(ReadMessage).OfType<RecordMessage>()] : None);
    }

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

    private static JsonNode? NodeOf(JsonElement source) => source.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(source),
        JsonValueKind.Array => JsonArray.Create(source),
        _ => JsonValue.Create(source),
    };

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
