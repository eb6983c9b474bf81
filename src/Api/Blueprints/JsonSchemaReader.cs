using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flatfile.Api;

/// <summary>Reads sheets out of JSON Schema, by itself or within OpenAPI.</summary>
internal sealed class JsonSchemaReader
{
    private const int LongestRefs = 20;

    /// <summary>Keywords that say nothing a sheet could keep, or say it elsewhere.</summary>
    private static readonly HashSet<string> Understood =
    [
        "$schema", "$id", "$comment", "$ref", "$defs", "definitions", "type", "title", "description", "properties", "required", "enum", "const", "format", "items", "default", "examples", "example",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "nullable", "readOnly", "writeOnly", "deprecated", "additionalProperties",
        "uniqueItems", "minItems", "maxItems", "anyOf", "oneOf", "allOf", "externalDocs", "xml",
    ];

    private readonly List<string> _faults = [];
    private JsonElement _root;

    public IReadOnlyList<SheetConfig> ReadSchema(string text, string? name)
    {
        using var document = Parse(text);
        _root = document.RootElement;
        var sheets = new List<SheetConfig>();
        if (_root.TryGetProperty("properties", out _))
        {
            sheets.Add(Sheet(_root, "", name ?? Text(_root, "title") ?? "Sheet"));
        }
        else if (Defs() is { } defs)
        {
            sheets.AddRange(Objects(defs.Schemas, defs.Pointer, []));
        }

        return Result(sheets, "The schema describes no object: it has neither 'properties' nor objects among '$defs'.");
    }

    public IReadOnlyList<SheetConfig> ReadOpenApi(string text, IReadOnlyList<string> wanted)
    {
        using var document = Parse(text);
        _root = document.RootElement;
        if (!_root.TryGetProperty("components", out var components) || !components.TryGetProperty("schemas", out var schemas) || schemas.ValueKind != JsonValueKind.Object)
        {
            throw new BlueprintException(["The document has no components.schemas, so that there is nothing to make sheets of."]);
        }

        foreach (var name in wanted.Where(name => !schemas.TryGetProperty(name, out _)))
        {
            _faults.Add($"There is no schema '{name}' among components.schemas. There are: {string.Join(", ", schemas.EnumerateObject().Select(s => s.Name))}.");
        }

        return Result([.. Objects(schemas, "/components/schemas", wanted)], "None of components.schemas is an object with properties.");
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new BlueprintException(["The text is JSON but no object, so that it is no schema."]);
        }
        catch (JsonException fault)
        {
            throw new BlueprintException([$"The text is no JSON: {fault.Message} A document in YAML must be turned into JSON first."]);
        }
    }

    private IReadOnlyList<SheetConfig> Result(List<SheetConfig> sheets, string whenNone) =>
        _faults.Count > 0 ? throw new BlueprintException(_faults) : sheets.Count > 0 ? sheets : throw new BlueprintException([whenNone]);

    private (JsonElement Schemas, string Pointer)? Defs() =>
        _root.TryGetProperty("$defs", out var defs) ? (defs, "/$defs") : _root.TryGetProperty("definitions", out defs) ? (defs, "/definitions") : null;

    private IEnumerable<SheetConfig> Objects(JsonElement schemas, string pointer, IReadOnlyList<string> wanted)
    {
        foreach (var schema in schemas.EnumerateObject())
        {
            if (schema.Value.ValueKind == JsonValueKind.Object && schema.Value.TryGetProperty("properties", out _) && (wanted.Count == 0 || wanted.Contains(schema.Name)))
            {
                yield return Sheet(schema.Value, $"{pointer}/{schema.Name}", Text(schema.Value, "title") ?? schema.Name) with { Slug = schema.Name };
            }
        }
    }

    private SheetConfig Sheet(JsonElement schema, string pointer, string name)
    {
        var required = Texts(schema, "required").ToHashSet(StringComparer.Ordinal);
        var fields = new List<Property>();
        foreach (var property in schema.GetProperty("properties").EnumerateObject())
        {
            if (Field(property.Name, property.Value, $"{pointer}/properties/{property.Name}", required.Contains(property.Name)) is { } field)
            {
                fields.Add(field);
            }
        }

        return new SheetConfig
        {
            Name = name,
            Slug = name,
            Description = Text(schema, "description"),
            Fields = fields,
            AllowAdditionalFields = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.True ? true : null,
        };
    }

    private Property? Field(string key, JsonElement written, string pointer, bool isRequired)
    {
        var isNullable = false;
        if (Resolve(written, pointer, ref isNullable) is not { } schema)
        {
            return null;
        }

        foreach (var keyword in schema.EnumerateObject().Where(k => !Understood.Contains(k.Name) && !k.Name.StartsWith("x-", StringComparison.Ordinal)))
        {
            _faults.Add($"{pointer}: '{keyword.Name}' is not understood. Take it out, or write the field by hand.");
        }

        var isList = TypeOf(schema, ref isNullable) == "array";
        var single = isList && schema.TryGetProperty("items", out var items) ? Resolve(items, pointer + "/items", ref isNullable) : schema;
        var ignored = false;
        if (single is not { } one || FieldType(one, TypeOf(one, ref ignored), isList) is not { } type)
        {
            _faults.Add($"{pointer}: {Words(schema)} cannot be a field of a sheet. Single values and lists of texts can; give an object a sheet of its own.");
            return null;
        }

        var options = Options(one);
        return new Property
        {
            Key = key,
            Type = type,
            Label = Text(schema, "title") ?? Text(written, "title"),
            Description = Text(written, "description") ?? Text(schema, "description"),
            Readonly = schema.TryGetProperty("readOnly", out var locked) && locked.ValueKind == JsonValueKind.True ? true : null,
            AlternativeNames = Texts(schema, "x-alternativeNames") is { Count: > 0 } names ? names : null,
            Metadata = schema.TryGetProperty("default", out var filled) && filled.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object) ? SheetPart.Default(Plain(filled)) : null,
            Constraints = SheetPart.Constraints(Constraints(key, schema, type, pointer, isRequired && !isNullable)),
            Config = options.Count > 0 ? new PropertyConfig { Options = options } : null,
        };
    }

    /// <summary>Follows references within the document, and looks through "this or null".</summary>
    private JsonElement? Resolve(JsonElement schema, string pointer, ref bool isNullable)
    {
        for (var step = 0; step < LongestRefs; step++)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                _faults.Add($"{pointer}: a schema is an object, not {schema.ValueKind.ToString().ToLowerInvariant()}.");
                return null;
            }

            if (Text(schema, "$ref") is { } reference)
            {
                if (Find(reference) is not { } found)
                {
                    _faults.Add($"{pointer}: there is nothing at '{reference}' in this document. References to other documents are not followed.");
                    return null;
                }

                schema = found;
            }
            else if (Choice(schema) is { } choices)
            {
                var some = choices.EnumerateArray().Where(c => Text(c, "type") != "null").ToList();
                isNullable |= some.Count < choices.GetArrayLength();
                if (some.Count != 1)
                {
                    _faults.Add($"{pointer}: a field cannot be one thing or another. Only one kind of value, or it and null, is understood.");
                    return null;
                }

                schema = some[0];
            }
            else
            {
                return schema;
            }
        }

        _faults.Add($"{pointer}: its references lead in a circle.");
        return null;
    }

    private static JsonElement? Choice(JsonElement schema)
    {
        foreach (var name in new[] { "anyOf", "oneOf", "allOf" })
        {
            if (schema.TryGetProperty(name, out var choices) && choices.ValueKind == JsonValueKind.Array)
            {
                return choices;
            }
        }

        return null;
    }

    private JsonElement? Find(string reference)
    {
        var at = _root;
        foreach (var step in reference.StartsWith("#/", StringComparison.Ordinal) ? reference[2..].Split('/') : ["\0"])
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    private static string? TypeOf(JsonElement schema, ref bool isNullable)
    {
        isNullable |= schema.TryGetProperty("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True;
        if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Array)
        {
            var types = type.EnumerateArray().Select(t => t.GetString()).ToList();
            isNullable |= types.Remove("null");
            return types.Count == 1 ? types[0] : null;
        }

        return Text(schema, "type") ?? (schema.TryGetProperty("enum", out _) || schema.TryGetProperty("const", out _) ? "string" : null);
    }

    private static string? FieldType(JsonElement schema, string? type, bool isList) => (type, isList, Options(schema).Count > 0) switch
    {
        ("string" or "integer" or "number", true, true) => PropertyType.EnumList,
        ("string", true, _) => PropertyType.StringList,
        (_, true, _) => null,
        ("string" or "integer" or "number", _, true) => PropertyType.Enum,
        ("string", _, _) => Text(schema, "format") == "date" ? PropertyType.Date : PropertyType.String,
        ("integer" or "number", _, _) => PropertyType.Number,
        ("boolean", _, _) => PropertyType.Boolean,
        _ => null,
    };

    private static List<EnumOption> Options(JsonElement schema)
    {
        var values = schema.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList()
            : schema.TryGetProperty("const", out var one) ? [one] : [];
        return [.. values.Where(v => v.ValueKind != JsonValueKind.Null).Select(v => SheetPart.Option(Plain(v), Plain(v)))];
    }

    private List<Constraint> Constraints(string key, JsonElement schema, string type, string pointer, bool isRequired)
    {
        var constraints = new List<Constraint>();
        if (isRequired)
        {
            constraints.Add(FieldRules.Required);
        }

        if (schema.TryGetProperty("x-unique", out var unique) && unique.ValueKind == JsonValueKind.True)
        {
            constraints.Add(FieldRules.Unique);
        }

        if (type == PropertyType.Number)
        {
            AddBounds(constraints, key, schema);
        }
        else if (type == PropertyType.String)
        {
            AddLengths(constraints, key, schema, pointer);
        }

        return constraints;
    }

    private static void AddBounds(List<Constraint> constraints, string key, JsonElement schema)
    {
        if (Text(schema, "type") == "integer")
        {
            constraints.Add(FieldRules.Whole(key));
        }

        foreach (var (name, open, sign) in new[] { ("minimum", "exclusiveMinimum", ">"), ("maximum", "exclusiveMaximum", "<") })
        {
            // Older schemas say with a truth value whether the bound itself is out; newer ones have a second bound.
            var isOpen = schema.TryGetProperty(open, out var second) && second.ValueKind == JsonValueKind.True;
            if (Number(schema, name) is { } bound)
            {
                constraints.Add(FieldRules.Bound(key, isOpen ? sign : sign + "=", bound));
            }

            if (Number(schema, open) is { } other)
            {
                constraints.Add(FieldRules.Bound(key, sign, other));
            }
        }

        if (Number(schema, "multipleOf") is { } of and > 0)
        {
            constraints.Add(FieldRules.Multiple(key, of));
        }
    }

    private void AddLengths(List<Constraint> constraints, string key, JsonElement schema, string pointer)
    {
        if (Number(schema, "minLength") is { } least and > 0)
        {
            constraints.Add(FieldRules.Shortest(key, (long)least));
        }

        if (Number(schema, "maxLength") is { } most)
        {
            constraints.Add(FieldRules.Longest(key, (long)most));
        }

        if (Text(schema, "pattern") is { } pattern)
        {
            try
            {
                _ = new Regex(pattern, RegexOptions.NonBacktracking);
                constraints.Add(FieldRules.Pattern(key, pattern));
            }
            catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
            {
                _faults.Add($"{pointer}/pattern: {fault.Message} Look-around and back references are not taken.");
            }
        }
    }

    private static string Words(JsonElement schema) => Text(schema, "type") switch
    {
        { } type => $"a value of type {type}",
        null => "a value without type",
    };

    private static decimal? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;

    private static string? Text(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!)] : [];

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
