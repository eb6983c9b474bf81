using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>Reads and writes cells as values of a type, for the code that is generated for classes with <see cref="SheetAttribute"/>.</summary>
/// <remarks>A cell is of a type only when its content is exactly that: no grouping, no guesses. All else reads as null.</remarks>
public static class FieldValues
{
    private const string DateForm = "yyyy-MM-dd";

    /// <summary>A number; null for an empty cell and for what is not exactly a number of the type, such as 1.5 for a whole one.</summary>
    public static T? Number<T>(FlatfileRecord record, string field)
        where T : struct, INumberBase<T> =>
        record.GetText(field) is { } text && T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A truth value; null for all else.</summary>
    public static bool? Truth(FlatfileRecord record, string field) => record.GetText(field) switch { "true" => true, "false" => false, _ => null };

    /// <summary>A date of the form 2024-02-29; null for all else.</summary>
    public static DateOnly? Date(FlatfileRecord record, string field) =>
        DateOnly.TryParseExact(record.GetText(field), DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>The elements of a list; null for an empty cell.</summary>
    public static IReadOnlyList<string>? Texts(FlatfileRecord record, string field) =>
        record.Get(field) is JsonArray list ? [.. list.Select(item => item?.GetValueKind() == JsonValueKind.String ? (string)item! : item?.ToJsonString() ?? "")] : null;

    /// <summary>Sets a number; null empties the cell.</summary>
    public static void Set<T>(FlatfileRecord record, string field, T? value)
        where T : struct, INumberBase<T> => record.Set(field, value is { } number ? JsonNode.Parse(number.ToString(null, CultureInfo.InvariantCulture)) : null);

    /// <summary>Sets a truth value; null empties the cell.</summary>
    public static void Set(FlatfileRecord record, string field, bool? value) => record.Set(field, value is { } truth ? JsonValue.Create(truth) : null);

    /// <summary>Sets a date; null empties the cell.</summary>
    public static void Set(FlatfileRecord record, string field, DateOnly? value) => record.Set(field, value?.ToString(DateForm, CultureInfo.InvariantCulture));

    /// <summary>Sets a list; null empties the cell.</summary>
    public static void Set(FlatfileRecord record, string field, IReadOnlyList<string>? value) =>
        record.Set(field, value is null ? null : new JsonArray([.. value.Select(text => (JsonNode)JsonValue.Create(text))]));

    /// <summary>Whether two lists hold the same; null is not an empty list.</summary>
    public static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? ReferenceEquals(one, other) : one.SequenceEqual(other, StringComparer.Ordinal);
}
