using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>A type without parts.</summary>
internal sealed record PlainType(string Phrase, Func<JsonNode, bool> Fits) : ShapeType
{
    private static readonly Dictionary<string, PlainType> All = new(StringComparer.Ordinal)
    {
        ["any"] = new("anything", _ => true),
        ["object"] = new("an object", node => node is JsonObject),
        ["boolean"] = new("true or false", node => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False),
        ["string"] = new("a text", node => Text(node) is not null),
        ["text"] = new("a text that is not blank", node => !string.IsNullOrWhiteSpace(Text(node))),
        ["id"] = new("an id", node => !string.IsNullOrWhiteSpace(Text(node))),
        ["number"] = new("a number", node => node.GetValueKind() == JsonValueKind.Number),
        ["count"] = new("a whole number, 0 or more", node => Whole(node) >= 0),
        ["days"] = new("a whole number of days, 1 or more", node => Whole(node) >= 1),
        ["color"] = new("a color such as #0090FF", node => Text(node) is { Length: 4 or 7 or 9 } text && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit)),
        ["datetime"] = new(
            "a time such as 2024-05-01T10:00:00.000Z",
            node => DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)),
    };

    /// <inheritdoc />
    public override string Phrase { get; } = Phrase;

    /// <summary>A type by its word, or null.</summary>
    public static PlainType? Find(string word) => All.GetValueOrDefault(word);

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults)
    {
        if (!Fits(value))
        {
            Refuse(place, faults);
        }
    }

    private static string? Text(JsonNode node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double Whole(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<double>(out var number) && number == Math.Floor(number) && number <= int.MaxValue ? number : -1;
}
