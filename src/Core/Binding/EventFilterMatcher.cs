using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent.Core.Binding;

/// <summary>A filter compiled from its JSON form; every key must match.</summary>
internal sealed class EventFilterMatcher
{
    /// <summary>The filter that matches every event.</summary>
    public static readonly EventFilterMatcher Everything = new([], "{}");

    private EventFilterMatcher(IReadOnlyList<FilterKey> keys, string written)
    {
        Keys = keys;
        Written = written;
    }

    /// <summary>The flattened keys; none match everything.</summary>
    public IReadOnlyList<FilterKey> Keys { get; }

    /// <summary>The filter's JSON.</summary>
    public string Written { get; }

    /// <summary>Compiles a filter from its JSON text.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">A glob in it is too long.</exception>
    public static EventFilterMatcher Parse(string? json)
    {
        if (json is null)
        {
            return Everything;
        }

        using var document = JsonDocument.Parse(json);
        return Compile(document.RootElement.Clone());
    }

    /// <summary>Compiles a filter from a JSON node; null matches everything.</summary>
    public static EventFilterMatcher Compile(JsonNode? filter) => Parse(filter?.ToJsonString());

    /// <summary>Compiles a filter; values that JavaScript counts as false match everything, other bare values are looked for at every path.</summary>
    public static EventFilterMatcher Compile(JsonElement filter)
    {
        if (!JsonText.IsTruthy(filter))
        {
            return Everything;
        }

        var flattened = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        switch (filter.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in filter.EnumerateObject())
                {
                    Flatten(property.Name, property.Value, flattened);
                }

                break;
            case JsonValueKind.Array:
                // The official listener takes a bare array for an object whose keys are positions.
                foreach (var (position, item) in filter.EnumerateArray().Index())
                {
                    Flatten(position.ToString(System.Globalization.CultureInfo.InvariantCulture), item, flattened);
                }

                break;
            default:
                flattened["**"] = filter;
                break;
        }

        return new EventFilterMatcher([.. flattened.Select(f => new FilterKey(f.Key, Values(f.Value)))], filter.GetRawText());
    }

    /// <summary>Whether the event passes.</summary>
    public bool Matches(FlattenedEvent @event)
    {
        foreach (var key in Keys)
        {
            if (!key.Matches(@event))
            {
                return false;
            }
        }

        return true;
    }

    private static void Flatten(string key, JsonElement value, Dictionary<string, JsonElement> flattened)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() == 0)
        {
            flattened[key] = value;
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            // The flattening library leaves out the dot after an empty key.
            Flatten(key.Length == 0 ? property.Name : key + "." + property.Name, property.Value, flattened);
        }
    }

    private static FilterValue[] Values(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(v => new FilterValue(v))]
        : [new FilterValue(value)];
}
