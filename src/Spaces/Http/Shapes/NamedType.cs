using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>A type that stands in the <see cref="ShapeTable"/> under this name.</summary>
internal sealed record NamedType(string Name) : ShapeType
{
    /// <inheritdoc />
    public override string Phrase => ShapeTable.Type(Name).Phrase;

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults) => ShapeTable.Type(Name).Check(value, place, faults);
}
