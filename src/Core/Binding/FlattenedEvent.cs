using System.Runtime.InteropServices;
using System.Text.Json;

namespace Flatfile.Agent.Core.Binding;

/// <summary>One event as filters see it: dotted paths to values, arrays being values. Works out only what is asked for.</summary>
/// <remarks>
/// The paths are those of the official listener's event object: its own members (<c>payload.job</c>) and, once more under
/// <c>src.</c>, the event as received. Made for one match; not for use by two threads at once.
/// </remarks>
internal sealed class FlattenedEvent(FlatfileEvent @event)
{
    private static readonly JsonElement Null = Constant("null"u8);
    private static readonly JsonElement EmptyText = Constant("\"\""u8);
    private static readonly JsonElement EmptyObject = Constant("{}"u8);
    private static readonly JsonElement EmptyArray = Constant("[]"u8);

    private readonly Dictionary<string, IReadOnlyList<JsonElement>> _named = new(StringComparer.Ordinal);
    private Dictionary<string, JsonElement>? _paths;
    private bool? _isOdd;

    /// <summary>The event.</summary>
    public FlatfileEvent Event { get; } = @event;

    /// <summary>True when a name is empty or holds a dot: then paths cannot be told from names and everything is spelled out.</summary>
    public bool IsOdd => _isOdd ??= HasOddName(Event.Source);

    /// <summary>Every path with its value; a value that is absent on the wire but a member of the event object is null.</summary>
    public IReadOnlyDictionary<string, JsonElement> Paths => _paths ??= Flatten();

    /// <summary>The values of every path that ends with the name. Only for events that are not odd.</summary>
    public IReadOnlyList<JsonElement> Named(string name)
    {
        if (!_named.TryGetValue(name, out var values))
        {
            var found = new List<JsonElement>(2);
            AddNamed(Event.Source, name, found);
            AddOwnMember(name, found);
            _named[name] = values = found;
        }

        return values;
    }

    /// <summary>The value at the path, when there is one. Only for events that are not odd.</summary>
    public bool TryGetAt(string[] path, out JsonElement value)
    {
        var start = path[0] == "src" ? 1 : 0;
        if (start == path.Length || !TryGetRoot(path[start], isSource: start == 1, out value))
        {
            value = default;
            return false;
        }

        for (var i = start + 1; i < path.Length; i++)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(path[i], out value))
            {
                value = default;
                return false;
            }
        }

        return IsLeaf(value);
    }

    private static JsonElement Constant(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    private static bool IsLeaf(JsonElement value) => value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() == 0;

    private static bool HasOddName(JsonElement container)
    {
        foreach (var property in container.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);

            // An escape could spell a dot, so it counts as one.
            if (name.IsEmpty || name.IndexOfAny((byte)'.', (byte)'\\') >= 0
                || (property.Value.ValueKind == JsonValueKind.Object && HasOddName(property.Value)))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddNamed(JsonElement container, string name, List<JsonElement> found)
    {
        foreach (var property in container.EnumerateObject())
        {
            if (!IsLeaf(property.Value))
            {
                AddNamed(property.Value, name, found);
            }
            else if (property.NameEquals(name))
            {
                found.Add(property.Value);
            }
        }
    }

    private void AddOwnMember(string name, List<JsonElement> found)
    {
        if (IsOwnMember(name) && TryGetRoot(name, isSource: false, out var value) && IsLeaf(value))
        {
            found.Add(value);
        }
    }

    private static bool IsOwnMember(string name) => name is "domain" or "target" or "origin" or "action" or "namespace" or "createdAt";

    private bool TryGetRoot(string name, bool isSource, out JsonElement value)
    {
        if (isSource)
        {
            return Event.Source.TryGetProperty(name, out value);
        }

        value = name switch
        {
            "topic" or "context" or "payload" => Event.Source.GetProperty(name),
            "domain" => Event.Source.TryGetProperty("domain", out var domain) ? domain : Null,
            "target" => Truthy(Event.Source, "target", EmptyText),
            "origin" => Truthy(Event.Source, "origin", EmptyObject),
            "action" => Truthy(Event.Context.Source, "actionName", EmptyText),
            "namespace" => Truthy(Event.Source, "namespaces", EmptyArray),
            "createdAt" => Truthy(Event.Source, "createdAt", Null),
            _ => default,
        };
        return value.ValueKind != JsonValueKind.Undefined;
    }

    private static JsonElement Truthy(JsonElement container, string name, JsonElement otherwise) =>
        container.TryGetProperty(name, out var value) && JsonText.IsTruthy(value) ? value : otherwise;

    private Dictionary<string, JsonElement> Flatten()
    {
        var paths = new Dictionary<string, JsonElement>(64, StringComparer.Ordinal);
        Add("src", Event.Source, paths);
        foreach (var name in (ReadOnlySpan<string>)["domain", "topic", "context", "payload", "target", "origin", "action", "namespace", "createdAt"])
        {
            TryGetRoot(name, isSource: false, out var value);
            Add(name, value, paths);
        }

        return paths;
    }

    private static void Add(string path, JsonElement value, Dictionary<string, JsonElement> paths)
    {
        if (IsLeaf(value))
        {
            paths[path] = value;
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            Add(path + "." + property.Name, property.Value, paths);
        }
    }
}
