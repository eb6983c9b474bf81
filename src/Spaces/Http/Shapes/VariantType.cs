using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>An object whose further members depend on one of them.</summary>
/// <param name="Tag">The member that decides.</param>
/// <param name="Shapes">Name of the shape by the word of the tag.</param>
internal sealed record VariantType(string Tag, IReadOnlyDictionary<string, string> Shapes) : ShapeType
{
    /// <inheritdoc />
    public override string Phrase => $"an object with '{Tag}', one of: {string.Join(", ", Shapes.Keys)}";

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults)
    {
        if (value is not JsonObject given)
        {
            Refuse(place, faults);
        }
        else if (given.Text(Tag) is { } word && Shapes.TryGetValue(word, out var shape))
        {
            ShapeTable.Type(shape).Check(value, place, faults);
        }
        else
        {
            faults.Add(new ApiFault($"{place}.{Tag}", $"'{place}.{Tag}' must be one of: {string.Join(", ", Shapes.Keys)}."));
        }
    }
}
