using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Spaces.Records;

/// <summary>What few rows have: messages somebody wrote, metadata, locks. One JSON text, absent when there is nothing.</summary>
internal sealed class RowExtra
{
    private const string Messages = "x";
    private const string MetadataKey = "m";
    private const string ConfigKey = "c";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _root;

    private RowExtra(JsonObject root) => _root = root;

    public JsonObject? Metadata
    {
        get => _root[MetadataKey] as JsonObject;
        set => Put(MetadataKey, value);
    }

    public JsonObject? Config
    {
        get => _root[ConfigKey] as JsonObject;
        set => Put(ConfigKey, value);
    }

    public static RowExtra Of(ReadOnlySpan<byte> text) => new(text.IsEmpty ? [] : JsonNode.Parse(text) as JsonObject ?? []);

    /// <summary>Whether the row is locked as a whole, or the cell of one field.</summary>
    public bool IsReadonly(string fieldKey) => IsLocked(Config) || IsLocked((Config?["fields"] as JsonObject)?[fieldKey] as JsonObject);

    /// <summary>The messages of one cell.</summary>
    public JsonArray? MessagesOf(int column) => (_root[Messages] as JsonObject)?[Name(column)] as JsonArray;

    /// <summary>Replaces the messages of one cell. Those that the store writes itself are not taken: they come from the rules, not from callers.</summary>
    public void SetMessages(int column, JsonArray messages)
    {
        var kept = new JsonArray();
        foreach (var message in messages.OfType<JsonObject>())
        {
            if (Text(message, "source") is not (ValidationSource.RequiredConstraint or ValidationSource.UniqueConstraint or ValidationSource.Unlinked
                or ValidationSource.InvalidOption or ValidationSource.InvalidValue))
            {
                kept.Add(message.DeepClone());
            }
        }

        var cells = _root[Messages] as JsonObject;
        if (kept.Count > 0)
        {
            if (cells is null)
            {
                _root[Messages] = cells = [];
            }

            cells[Name(column)] = kept;
        }
        else if (cells?.Remove(Name(column)) == true && cells.Count == 0)
        {
            _root.Remove(Messages);
        }
    }

    /// <summary>Brings the flags of a column's written messages up to date.</summary>
    public void Flag(int column, CellFlags flags)
    {
        flags.Remove(column, CellFlag.IsCustom);
        foreach (var letter in (MessagesOf(column) ?? []).OfType<JsonObject>().Select(Letter).Distinct())
        {
            flags.Add(column, letter);
        }
    }

    /// <summary>The text to store; nothing when there is nothing.</summary>
    public string? ToText() => _root.Count == 0 ? null : _root.ToJsonString(Relaxed);

    private static char Letter(JsonObject message) => Text(message, "type") switch
    {
        ValidationLevel.Error => CellFlag.CustomError,
        ValidationLevel.Warn => CellFlag.CustomWarning,
        _ => CellFlag.CustomInfo,
    };

    private static string? Text(JsonObject message, string key) => message[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool IsLocked(JsonObject? config) => config?["readonly"] is JsonValue value && value.TryGetValue<bool>(out var isLocked) && isLocked;

    private static string Name(int column) => column.ToString(CultureInfo.InvariantCulture);

    private void Put(string key, JsonObject? value)
    {
        if (value is null || value.Count == 0)
        {
            _root.Remove(key);
        }
        else
        {
            _root[key] = value.DeepClone();
        }
    }
}
