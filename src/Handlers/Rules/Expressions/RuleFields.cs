using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>The fields that a rule may name.</summary>
internal sealed class RuleFields(IReadOnlyList<Property> fields)
{
    /// <summary>A node that reads the field; null when there is none of that key.</summary>
    public RuleNode? Find(string key, int position)
    {
        var field = fields.FirstOrDefault(f => f.Key == key);
        return field is null ? null : TypeOf(field) switch
        {
            RuleType.Number => new RuleNode(RuleType.Number, position, row => NumberOf(row.Record.Get(key))),
            RuleType.Truth => new RuleNode(RuleType.Truth, position, row => row.Record.Get(key) is JsonValue v && v.TryGetValue<bool>(out var truth) ? truth : null),
            RuleType.List => new RuleNode(RuleType.List, position, row => ListOf(row.Record.Get(key))),
            _ => new RuleNode(RuleType.Text, position, row => row.Record.GetText(key) is { Length: > 0 } text ? text : null),
        };
    }

    /// <summary>The keys, for the message about one that is not there.</summary>
    public string Known => string.Join(", ", fields.Select(f => f.Key));

    private static RuleType TypeOf(Property field) =>
        field.IsArray == true || field.Multi == true ? RuleType.List : field.Type switch
        {
            PropertyType.Number => RuleType.Number,
            PropertyType.Boolean => RuleType.Truth,
            PropertyType.EnumList or PropertyType.ReferenceList or PropertyType.StringList => RuleType.List,
            _ => RuleType.Text,
        };

    /// <summary>What is no number yields nothing: the field's own type says that already.</summary>
    private static object? NumberOf(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<string>? ListOf(JsonNode? value) => value switch
    {
        JsonArray { Count: > 0 } list => [.. list.Select(item => item?.GetValueKind() == JsonValueKind.String ? (string)item! : item?.ToJsonString() ?? "")],
        JsonValue v when v.TryGetValue<string>(out var text) && text.Length > 0 => [text],
        _ => null,
    };
}
