using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Sheets;

/// <summary>Looks through one field of a sheet.</summary>
internal static class FieldCheck
{
    private const int MostConstraints = 10;

    private static readonly string[] Types =
    [
        PropertyType.String, PropertyType.Number, PropertyType.Boolean, PropertyType.Date, PropertyType.Enum, PropertyType.EnumList,
        PropertyType.Reference, PropertyType.ReferenceList, PropertyType.StringList,
    ];

    private static readonly string[] Constraints =
        [ConstraintType.Required, ConstraintType.Unique, ConstraintType.Computed, ConstraintType.External, ConstraintType.Stored];

    /// <summary>Tells every fault of a field and adds its key to those of the sheet.</summary>
    public static void Run(JsonNode? node, string place, HashSet<string> keys, Action<string, string> fault)
    {
        if (node is not JsonObject field)
        {
            fault(place, "A field is an object with 'key' and 'type'.");
            return;
        }

        var key = field.Text("key");
        if (string.IsNullOrEmpty(key))
        {
            fault($"{place}.key", "A field needs a 'key'.");
        }
        else if (!keys.Add(key))
        {
            fault($"{place}.key", $"The key '{key}' is used twice in the sheet.");
        }

        var type = field.Text("type");
        if (!Types.Contains(type))
        {
            fault($"{place}.type", $"'{type}' is no field type. Known: {string.Join(", ", Types)}.");
        }

        Config(field, type, place, fault);
        ConstraintsOf(field, place, fault);
    }

    private static void Config(JsonObject field, string? type, string place, Action<string, string> fault)
    {
        var config = field["config"] as JsonObject;
        if (type is PropertyType.Enum or PropertyType.EnumList)
        {
            if (config?["options"] is not JsonArray options)
            {
                fault($"{place}.config.options", $"A field of type {type} lists its 'config.options'.");
                return;
            }

            for (var i = 0; i < options.Count; i++)
            {
                if (options[i] is not JsonObject option || (option["value"] is null && option.Text("label") is null))
                {
                    fault($"{place}.config.options[{i}]", "An option has a 'value' or a 'label'.");
                }
            }
        }

        if (type is PropertyType.Reference or PropertyType.ReferenceList)
        {
            foreach (var member in new[] { "ref", "key" })
            {
                if (string.IsNullOrEmpty(config?.Text(member)))
                {
                    fault($"{place}.config.{member}", $"A field of type {type} needs 'config.ref', the slug of a sheet, and 'config.key', a key of its fields.");
                }
            }
        }
    }

    private static void ConstraintsOf(JsonObject field, string place, Action<string, string> fault)
    {
        if (field["constraints"] is not JsonArray constraints)
        {
            return;
        }

        if (constraints.Count > MostConstraints)
        {
            fault($"{place}.constraints", $"A field has at most {MostConstraints} constraints; these are {constraints.Count}.");
        }

        var validators = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < constraints.Count; i++)
        {
            var constraint = constraints[i] as JsonObject;
            var type = constraint?.Text("type");
            if (!Constraints.Contains(type))
            {
                fault($"{place}.constraints[{i}].type", $"'{type}' is no constraint. Known: {string.Join(", ", Constraints)}.");
            }
            else if (type is ConstraintType.External or ConstraintType.Stored)
            {
                var validator = constraint!.Text("validator");
                if (string.IsNullOrWhiteSpace(validator))
                {
                    fault($"{place}.constraints[{i}].validator", $"A constraint of type {type} names its 'validator'.");
                }
                else if (!validators.Add(validator))
                {
                    fault($"{place}.constraints[{i}].validator", $"The validator '{validator}' is named twice in the field.");
                }
            }
        }
    }
}
