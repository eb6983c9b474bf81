using System.Text.Json;
using Flatfile.Api;

namespace OurAirports;

/// <summary>The kinds of fields the sheets are made of.</summary>
internal static class Field
{
    private static readonly Constraint Required = new() { Type = ConstraintType.Required };
    private static readonly Constraint Unique = new() { Type = ConstraintType.Unique };

    public static Property Text(string key, string label, string? description = null) =>
        new() { Key = key, Type = PropertyType.String, Label = label, Description = description };

    public static Property Number(string key, string label, string? description = null) =>
        new() { Key = key, Type = PropertyType.Number, Label = label, Description = description };

    /// <summary>A field whose options keep the text of the file as their value.</summary>
    public static Property Choice(string key, string label, string? description, params (string Value, string Label)[] options) => new()
    {
        Key = key,
        Type = PropertyType.Enum,
        Label = label,
        Description = description,
        Config = new PropertyConfig { Options = [.. options.Select(o => new EnumOption { Value = AsJson(o.Value), Label = o.Label })] },
    };

    /// <summary>The code of a row in the sheet of countries.</summary>
    public static Property Country(string key, string label, string? description = null) => new()
    {
        Key = key,
        Type = PropertyType.Reference,
        Label = label,
        Description = description,
        Config = new PropertyConfig { Ref = CountriesSheet.Slug, Key = "code", Relationship = "has-one" },
    };

    public static Property ThatIsRequired(this Property field) => field with { Constraints = [.. field.Constraints ?? [], Required] };

    public static Property ThatIsUnique(this Property field) => field with { Constraints = [.. field.Constraints ?? [], Unique] };

    public static Property Continent() => Choice(
        "continent", "Continent", "Where the country lies, or the larger part of it.",
        ("AF", "Africa"), ("AN", "Antarctica"), ("AS", "Asia"), ("EU", "Europe"), ("NA", "North America"), ("OC", "Oceania"), ("SA", "South America"));

    private static JsonElement AsJson(string text)
    {
        using var document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return document.RootElement.Clone();
    }
}
