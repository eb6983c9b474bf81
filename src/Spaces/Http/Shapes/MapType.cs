using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>An object whose members all have one type; null stands for none.</summary>
internal sealed record MapType(ShapeType Value) : ShapeType
{
    /// <inheritdoc />
    public override string Phrase => "an object";

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults)
    {
        if (value is not JsonObject map)
        {
            Refuse(place, faults);
            return;
        }

        foreach (var (member, item) in map)
        {
            if (item is not null && faults.Count < Shape.MostFaults)
            {
                Value.Check(item, $"{place}.{member}", faults);
            }
        }
    }
}
