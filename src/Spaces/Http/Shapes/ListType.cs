using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http.Shapes;

/// <summary>A list of one type.</summary>
/// <param name="Item">What stands in it.</param>
/// <param name="Holes">Whether null may stand in it.</param>
internal sealed record ListType(ShapeType Item, bool Holes) : ShapeType
{
    /// <inheritdoc />
    public override string Phrase => "a list";

    /// <inheritdoc />
    public override void Check(JsonNode value, string place, List<ApiFault> faults)
    {
        if (value is not JsonArray items)
        {
            Refuse(place, faults);
            return;
        }

        for (var i = 0; i < items.Count && faults.Count < Shape.MostFaults; i++)
        {
            var at = $"{place}[{i}]";
            if (items[i] is { } item)
            {
                Item.Check(item, at, faults);
            }
            else if (!Holes)
            {
                faults.Add(new ApiFault(at, $"'{at}' must be {Item.Phrase}."));
            }
        }
    }
}
