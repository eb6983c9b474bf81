using System.Text.Json.Nodes;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Validation;

/// <summary>Makes the hooks that check fields, from blueprints and settings.</summary>
/// <remarks>
/// In a blueprint a field names its check in its metadata, <c>{"validate": "iban"}</c>, or by a constraint of type <c>external</c> whose validator is
/// the check. In the handlers' settings: <c>Validation:Sheets:contacts:email</c> is <c>email</c>. Settings go before blueprints.
/// </remarks>
public static class FieldChecks
{
    private const string Section = "Validation:Sheets";
    private const string Member = "validate";

    /// <summary>One hook for each sheet with fields to check.</summary>
    /// <exception cref="InvalidOperationException">A check is unknown; the message says where and which there are.</exception>
    public static IReadOnlyList<RecordHook> HooksFor(IEnumerable<SpaceBlueprint> blueprints, IConfiguration? settings)
    {
        var sheets = new Dictionary<string, Dictionary<string, ValueCheck>>(StringComparer.Ordinal);
        foreach (var sheet in blueprints.SelectMany(b => b.Workbooks).SelectMany(w => w.Sheets ?? []))
        {
            foreach (var field in sheet.Fields)
            {
                if (WrittenFor(field) is { } written)
                {
                    Add(sheets, sheet.Slug ?? sheet.Name, field.Key, written, $"the field '{field.Key}' of the sheet '{sheet.Name}'");
                }
            }
        }

        foreach (var sheet in settings?.GetSection(Section).GetChildren() ?? [])
        {
            foreach (var field in sheet.GetChildren())
            {
                Add(sheets, sheet.Key, field.Key, field.Value ?? "", $"the setting {field.Path}");
            }
        }

        return [.. sheets.Select(s => ValidateFields.For(s.Key, s.Value))];
    }

    /// <summary>A check named in metadata must be ours; an external constraint may be somebody else's.</summary>
    private static string? WrittenFor(Property field) =>
        field.Metadata?[Member] is JsonValue value && value.TryGetValue<string>(out var written) ? written
        : field.Constraints?.FirstOrDefault(c => c.Type == ConstraintType.External && c.Validator is { } validator && ValueChecks.TryFind(validator, out _))?.Validator;

    private static void Add(Dictionary<string, Dictionary<string, ValueCheck>> sheets, string slug, string field, string written, string place)
    {
        if (!ValueChecks.TryFind(written, out var check))
        {
            throw new InvalidOperationException($"The check '{written}' of {place} is not known. There are: {string.Join(", ", ValueChecks.Names)}.");
        }

        if (!sheets.TryGetValue(slug, out var fields))
        {
            sheets[slug] = fields = new Dictionary<string, ValueCheck>(StringComparer.Ordinal);
        }

        fields[field] = check;
    }
}
