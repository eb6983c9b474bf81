using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>Reads the settings a plugin knows from its <c>plugin.json</c>: the part of JSON Schema that settings need.</summary>
internal static class SettingsSchemaReader
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);
    private static readonly string[] OfObject = ["type", "properties", "required", "additionalProperties", "title", "description", "$schema"];
    private static readonly string[] OfProperty = ["type", "enum", "minimum", "maximum", "pattern", "default", "title", "description", "items"];

    /// <param name="json">An object schema.</param>
    /// <param name="path">Where it stands, for messages.</param>
    /// <param name="warnings">Gets what is not known and has no effect.</param>
    /// <exception cref="ManifestException">It cannot be used.</exception>
    public static SettingsSchema Read(LinedJson json, string path, List<string> warnings)
    {
        Expect(json, JsonValueKind.Object, path, "an object schema: { \"type\": \"object\", \"properties\": { … } }");
        if (json.Member("type") is { } type && type.Text != "object")
        {
            throw new ManifestException(type.Line, $"the type of '{path}' must be \"object\".");
        }

        WarnOfUnknown(json, OfObject, path, warnings);
        var properties = new Dictionary<string, SettingsProperty>(StringComparer.OrdinalIgnoreCase);
        if (json.Member("properties") is { } members)
        {
            Expect(members, JsonValueKind.Object, path + ".properties", "an object with one member for each setting");
            foreach (var (name, property) in members.Members)
            {
                if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || !properties.TryAdd(name, ReadProperty(property, $"{path}.{name}", warnings)))
                {
                    throw new ManifestException(property.Line, $"the setting '{name}' cannot be named so: a name is not empty, has no ':', and differs from the others by more than capitals.");
                }
            }
        }

        return new SettingsSchema(properties, Required(json, path, properties), json.Member("additionalProperties")?.Kind != JsonValueKind.False);
    }

    private static List<string> Required(LinedJson json, string path, Dictionary<string, SettingsProperty> properties)
    {
        if (json.Member("required") is not { } required)
        {
            return [];
        }

        Expect(required, JsonValueKind.Array, path + ".required", "a list of names");
        foreach (var item in required.Items.Where(i => i.Kind != JsonValueKind.String || !properties.ContainsKey(i.Text)))
        {
            throw new ManifestException(item.Line, $"'{path}.required' names '{item.Text}', which is not among its properties.");
        }

        return [.. required.Items.Select(i => i.Text)];
    }

    private static SettingsProperty ReadProperty(LinedJson json, string path, List<string> warnings)
    {
        Expect(json, JsonValueKind.Object, path, "a schema: { \"type\": \"string\" }");
        var type = TypeOf(json, path);
        if (type == SettingsType.Object)
        {
            return new SettingsProperty { Type = type, Description = json.Member("description")?.Text, Nested = Read(json, path, warnings) };
        }

        if (json.Member("required") is { } required)
        {
            throw new ManifestException(required.Line, $"'required' stands beside 'properties', as a list of names: \"required\": [\"{path.Split('.')[^1]}\"].");
        }

        WarnOfUnknown(json, OfProperty, path, warnings);
        var property = new SettingsProperty
        {
            Type = type,
            Description = json.Member("description")?.Text,
            Allowed = Allowed(json, path),
            Minimum = Number(json, "minimum", path),
            Maximum = Number(json, "maximum", path),
            Pattern = Pattern(json, path),
            Default = Default(json, path),
            Items = json.Member("items") is { } items ? ReadItems(items, path, warnings) : null,
        };
        if (property.Default is { } value && SettingsCheck.FaultOf(value, property) is { } fault)
        {
            throw new ManifestException(json.Member("default")!.Line, $"the default of '{path}' {fault}.");
        }

        return property;
    }

    private static SettingsProperty ReadItems(LinedJson json, string path, List<string> warnings)
    {
        var items = ReadProperty(json, path + ".items", warnings);
        return items.Type is SettingsType.Array or SettingsType.Object
            ? throw new ManifestException(json.Line, $"the items of '{path}' must be texts, numbers or booleans.")
            : items;
    }

    private static SettingsType TypeOf(LinedJson json, string path)
    {
        var type = json.Member("type");
        return type is { Kind: JsonValueKind.String } && Enum.GetValues<SettingsType>().FirstOrDefault(t => Name(t) == type.Text, (SettingsType)(-1)) is >= 0 and var known
            ? known
            : throw new ManifestException(
                (type ?? json).Line, $"the type of '{path}' is {(type is null ? "missing" : $"'{type.Text}'")}. Write one of {string.Join(", ", Enum.GetValues<SettingsType>().Select(Name))}.");
    }

    private static string Name(SettingsType type) => JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    private static List<string> Allowed(LinedJson json, string path)
    {
        if (json.Member("enum") is not { } allowed)
        {
            return [];
        }

        Expect(allowed, JsonValueKind.Array, path + ".enum", "a list of values");
        return allowed.Items.Count > 0
            ? [.. allowed.Items.Select(i => i.Text)]
            : throw new ManifestException(allowed.Line, $"'{path}.enum' is empty, so no value could ever be right.");
    }

    private static decimal? Number(LinedJson json, string name, string path) => json.Member(name) switch
    {
        null => null,
        { Number: { } number } => number,
        var other => throw new ManifestException(other.Line, $"'{path}.{name}' must be a number."),
    };

    private static string? Default(LinedJson json, string path) => json.Member("default") switch
    {
        null => null,
        { Kind: JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Null } other =>
            throw new ManifestException(other.Line, $"'{path}.default' must be a text, a number or a boolean."),
        var value => value.Text,
    };

    private static Regex? Pattern(LinedJson json, string path)
    {
        if (json.Member("pattern") is not { } pattern)
        {
            return null;
        }

        Expect(pattern, JsonValueKind.String, path + ".pattern", "a regular expression");
        try
        {
            return new Regex(pattern.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new ManifestException(
                pattern.Line, $"'{path}.pattern' cannot be used: {fault.Message} It must be a regular expression without look-around and back references.");
        }
    }

    private static void Expect(LinedJson json, JsonValueKind kind, string path, string what)
    {
        if (json.Kind != kind)
        {
            throw new ManifestException(json.Line, $"'{path}' must be {what}.");
        }
    }

    private static void WarnOfUnknown(LinedJson json, string[] known, string path, List<string> warnings) =>
        warnings.AddRange(json.Members.Where(m => !known.Contains(m.Key))
            .Select(m => $"{PluginManifest.FileName}, line {m.Value.Line}: '{m.Key}' in '{path}' is not known and has no effect."));
}
