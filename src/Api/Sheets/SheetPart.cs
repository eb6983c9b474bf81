using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Api;

/// <summary>Parts of a sheet's configuration that take more than one line: options, default values, rules. For blueprints written by hand and generated ones.</summary>
public static class SheetPart
{
    /// <summary>An option of an enum field.</summary>
    /// <param name="value">What stands in the cell.</param>
    /// <param name="label">What people read.</param>
    /// <param name="alternativeNames">Other words a file may have for it.</param>
    public static EnumOption Option(string value, string label, params string[] alternativeNames) =>
        new() { Value = Text(value), Label = label, AlternativeNames = alternativeNames.Length == 0 ? null : alternativeNames };

    /// <summary>Metadata of a field whose empty cells are filled, and say so.</summary>
    public static JsonObject Default(string value) => new() { ["default"] = value };

    /// <summary>A rule of a field, in the agent's language of expressions.</summary>
    /// <param name="expression">What must hold.</param>
    /// <param name="message">What a person reads where it does not; null for the rule itself.</param>
    /// <param name="level">See <see cref="ValidationLevel"/>.</param>
    public static Constraint Rule(string expression, string? message = null, string level = ValidationLevel.Error) =>
        new() { Type = ConstraintType.External, Validator = "expression", Config = Expression(expression, message, level) };

    /// <summary>The constraints of a field. Flatfile takes a validator once in a field: a second rule becomes <c>expression:2</c>, which means the same.</summary>
    public static IReadOnlyList<Constraint> Constraints(params IReadOnlyList<Constraint> constraints)
    {
        var (all, times) = (new List<Constraint>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var constraint in constraints)
        {
            var time = constraint.Validator is { } name ? times[name] = times.GetValueOrDefault(name) + 1 : 1;
            all.Add(time == 1 ? constraint : constraint with { Validator = string.Create(CultureInfo.InvariantCulture, $"{constraint.Validator}:{time}") });
        }

        return all;
    }

    /// <summary>A rule of a sheet, in the agent's language of expressions.</summary>
    /// <param name="expression">What must hold.</param>
    /// <param name="message">What a person reads where it does not; null for the rule itself.</param>
    /// <param name="level">See <see cref="ValidationLevel"/>.</param>
    /// <param name="fields">The keys of the fields that carry the message.</param>
    public static SheetConstraint SheetRule(string expression, string? message, string level, params string[] fields) =>
        new() { Type = ConstraintType.External, Validator = "expression", Fields = fields, Config = Expression(expression, message, level) };

    /// <summary>A rule of a field: its value stands in a field of another sheet of the workbook. Unlike a field of type reference it keeps its own type.</summary>
    /// <param name="sheet">The other sheet's slug.</param>
    /// <param name="field">The field's key there.</param>
    /// <param name="message">What a person reads where it does not; null for words of the agent.</param>
    public static Constraint StandsIn(string sheet, string field, string? message = null) => new()
    {
        Type = ConstraintType.External,
        Validator = "reference",
        Config = new ConstraintConfig { Message = message, More = new() { ["sheet"] = Text(sheet), ["field"] = Text(field) } },
    };

    /// <summary>No two rows have the same values in all of the fields; Flatfile watches over it.</summary>
    /// <param name="message">What a person reads on each of the rows; null for Flatfile's words.</param>
    /// <param name="fields">The keys of the fields.</param>
    public static SheetConstraint UniqueTogether(string? message, params string[] fields) => new()
    {
        Type = ConstraintType.Unique,
        Name = string.Join('-', fields),
        Fields = fields,
        Strategy = "concat",
        Config = message is null ? null : new ConstraintConfig { Message = message },
    };

    private static ConstraintConfig Expression(string expression, string? message, string level) =>
        new() { Message = message, Level = level, More = new() { ["expression"] = Text(expression) } };

    private static JsonElement Text(string text)
    {
        using var document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return document.RootElement.Clone();
    }
}
