using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Sheets;

/// <summary>Looks through all sheets of a workbook and names every fault at once.</summary>
internal sealed class SheetCheck
{
    private const int MostFaults = 100;

    private readonly List<ApiFault> _faults = [];
    private readonly Dictionary<string, HashSet<string>> _keys = new(StringComparer.Ordinal);

    /// <summary>400 with all faults, or nothing.</summary>
    public static void Run(IReadOnlyList<SheetPlan> plans)
    {
        var check = new SheetCheck();
        foreach (var plan in plans)
        {
            check.Sheet(plan);
        }

        foreach (var plan in plans)
        {
            check.References(plan);
        }

        if (check._faults.Count > 0)
        {
            throw new ApiRefusal(400, [.. check._faults.Take(MostFaults)]);
        }

        foreach (var plan in plans)
        {
            check.Form(plan);
        }

        if (check._faults.Count > 0)
        {
            throw new ApiRefusal(400, [.. check._faults.Take(MostFaults)]);
        }
    }

    /// <summary>What is left after the checks by name: members of a wrong JSON type.</summary>
    private void Form(SheetPlan plan)
    {
        try
        {
            plan.Config.Deserialize(FlatfileJson.Default.SheetConfig);
        }
        catch (JsonException fault)
        {
            var found = BodyFaults.Of(plan.Config, FlatfileJson.Default.SheetConfig, plan.Place);
            _faults.AddRange(found.Count > 0 ? found : [new ApiFault(plan.Place + fault.Path?.TrimStart('$'), "The sheet does not have the form this call takes.")]);
        }
    }

    private void Sheet(SheetPlan plan)
    {
        if (string.IsNullOrWhiteSpace(plan.Config.Text("name")))
        {
            Fault($"{plan.Place}.name", "A sheet needs a 'name'.");
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(plan.Slug))
        {
            Fault($"{plan.Place}.slug", "A sheet needs a 'slug', or a 'name' to make one from.");
        }
        else if (!_keys.TryAdd(plan.Slug, keys))
        {
            Fault($"{plan.Place}.slug", $"The slug '{plan.Slug}' is used twice in the workbook.");
        }

        if (plan.Config["fields"] is not JsonArray fields)
        {
            Fault($"{plan.Place}.fields", "A sheet needs a list of 'fields'.");
            return;
        }

        if (fields.Count > RecordLimits.Fields)
        {
            Fault($"{plan.Place}.fields", $"A sheet has at most {RecordLimits.Fields} fields; these are {fields.Count}.");
            return;
        }

        for (var i = 0; i < fields.Count; i++)
        {
            FieldCheck.Run(fields[i], $"{plan.Place}.fields[{i}]", keys, Fault);
        }

        Constraints(plan, keys);
    }

    private void Constraints(SheetPlan plan, HashSet<string> keys)
    {
        if (plan.Config["constraints"] is not JsonArray constraints)
        {
            return;
        }

        for (var i = 0; i < constraints.Count; i++)
        {
            var place = $"{plan.Place}.constraints[{i}]";
            var constraint = constraints[i] as JsonObject;
            var type = constraint?.Text("type");
            if (constraint is null || type is not (ConstraintType.Unique or ConstraintType.External))
            {
                Fault($"{place}.type", $"A sheet's constraint is of type unique or external, not '{type}'.");
                continue;
            }

            if (type == ConstraintType.External && string.IsNullOrWhiteSpace(constraint.Text("validator")))
            {
                Fault($"{place}.validator", "An external constraint names its 'validator'.");
            }

            if (type == ConstraintType.Unique && constraint["fields"] is not JsonArray { Count: > 0 })
            {
                Fault($"{place}.fields", "A unique constraint lists its 'fields'.");
            }

            foreach (var member in new[] { "fields", "requiredFields" })
            {
                foreach (var key in (constraint[member] as JsonArray ?? []).Select(node => node?.ToString()))
                {
                    if (key is null || !keys.Contains(key))
                    {
                        Fault($"{place}.{member}", $"There is no field '{key}' in the sheet '{plan.Slug}'.");
                    }
                }
            }
        }
    }

    private void References(SheetPlan plan)
    {
        var fields = plan.Config["fields"] as JsonArray ?? [];
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i] is not JsonObject field || field.Text("type") is not (PropertyType.Reference or PropertyType.ReferenceList)
                || field["config"] is not JsonObject config || config.Text("ref") is not { } slug || config.Text("key") is not { } key)
            {
                continue;
            }

            var place = $"{plan.Place}.fields[{i}].config";
            if (!_keys.TryGetValue(slug, out var keys))
            {
                Fault($"{place}.ref", $"Field '{field.Text("key")}' refers to sheet '{slug}', which is not in this workbook.");
            }
            else if (!keys.Contains(key))
            {
                Fault($"{place}.key", $"Field '{field.Text("key")}' refers to field '{key}' of sheet '{slug}', which has no such field.");
            }
        }
    }

    private void Fault(string key, string message) => _faults.Add(new ApiFault(key, message));
}
